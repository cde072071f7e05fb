// Debian's libxml2 is built with ICU, whose header does not go together with the one that Swift's Foundation carries. The reader
// needs none of it.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/xmlreader.h>
