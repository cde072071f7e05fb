#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

// Names are UTF-8 and said to be so only where the C library's locale is: for this call, whatever the program's own is.
static inline int archive_write_header_utf8(struct archive *archive, struct archive_entry *entry) {
    locale_t names = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    if (names == (locale_t)0) return ARCHIVE_FATAL;
    locale_t before = uselocale(names);
    int result = archive_write_header(archive, entry);
    uselocale(before);
    freelocale(names);
    return result;
}
