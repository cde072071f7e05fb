"""A mail server for tests. Usage: mail-server.py FOLDER OPTIONS

Writes its port to FOLDER/port and every mail it takes to FOLDER/mail-N.json, read by Python's own parser.
What it does with a mail is in the recipient's name: unknown, full, spam, greylisted, slow.
OPTIONS is JSON: tls (none, starttls, implicit), certificate and key (files), user, password, greeting (usual, none, away).
"""

import asyncio
import email
import email.policy
import json
import logging
import os
import ssl
import sys
import warnings

from aiosmtpd.smtp import SMTP, AuthResult

# Clients that break off are what some tests are about.
logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")
folder, options = sys.argv[1], json.loads(sys.argv[2])


def write(name, text):
    with open(f"{folder}/{name}.part", "w") as file:
        file.write(text)
    os.rename(f"{folder}/{name}.part", f"{folder}/{name}")


class Handler:
    count = 0

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        match address.split("@")[0]:
            case "unknown":
                return f"550 5.1.1 <{address}>: no such mailbox"
            case "full":
                return f"452 4.2.2 <{address}>: mailbox is full"
            case "slow":
                await asyncio.sleep(60)
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        match envelope.rcpt_tos[0].split("@")[0]:
            case "spam":
                return "554 5.7.1 not wanted"
            case "greylisted":
                return "451 4.7.1 come again"
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        Handler.count += 1
        write(
            f"mail-{Handler.count}.json",
            json.dumps({
                "sender": envelope.mail_from,
                "recipients": envelope.rcpt_tos,
                "headers": {name: str(value) for name, value in mail.items()},
                "text": mail.get_payload(decode=True).decode("utf-8"),
                "raw": envelope.content.decode("ascii"),
                "isEncrypted": server.transport.get_extra_info("sslcontext") is not None,
                "login": session.auth_data,
            }))
        return "250 2.0.0 queued as TEST"


def authenticate(server, session, envelope, mechanism, login):
    name, password = login.login.decode(), login.password.decode()
    known = (name, password) == (options["user"], options["password"])
    return AuthResult(success=known, auth_data=name) if known else AuthResult(success=False, handled=False)


def certified():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(options["certificate"], options["key"])
    return context


def protocol():
    asks = options["user"] != ""
    return SMTP(
        Handler(), hostname="mail.test", tls_context=certified() if options["tls"] == "starttls" else None,
        require_starttls=options["tls"] == "starttls", authenticator=authenticate if asks else None,
        auth_required=asks, auth_require_tls=False)


async def say_nothing(reader, writer):
    await asyncio.sleep(60)


async def turn_away(reader, writer):
    writer.write(b"554 5.3.2 not here\r\n")


async def main():
    loop = asyncio.get_running_loop()
    if options["greeting"] == "none":
        server = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    elif options["greeting"] == "away":
        server = await asyncio.start_server(turn_away, "127.0.0.1", 0)
    else:
        server = await loop.create_server(
            protocol, "127.0.0.1", 0, ssl=certified() if options["tls"] == "implicit" else None)
    write("port", str(server.sockets[0].getsockname()[1]))
    await server.serve_forever()


asyncio.run(main())
