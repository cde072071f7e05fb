"""Stands between a program and its PostgreSQL server, and cuts connections in the middle of a commit.

Called with the folder it listens in, the server's folder, and how many of a hundred commits are cut: half of those before
the server hears of them, half after. It ends with its standard input."""

import asyncio
import os
import random
import sys

here, there, share = sys.argv[1], sys.argv[2], int(sys.argv[3])
name = ".s.PGSQL.5432"


async def pump(reader, writer, other, is_client):
    try:
        while data := await reader.read(65536):
            if is_client and b"COMMIT" in data and random.randrange(100) < share:
                open(os.path.join(here, "cut"), "w").close()
                if random.random() < 0.5:
                    writer.write(data)
                    await writer.drain()
                    await asyncio.sleep(random.random() * 0.02)
                break
            writer.write(data)
            await writer.drain()
    except OSError:
        pass
    for end in (writer, other):
        end.transport.abort() if end is other else end.close()


async def serve(reader, writer):
    try:
        far_reader, far_writer = await asyncio.open_unix_connection(os.path.join(there, name))
    except OSError:
        return writer.close()
    await asyncio.gather(
        pump(reader, far_writer, writer, True), pump(far_reader, writer, far_writer, False))


async def main():
    await asyncio.start_unix_server(serve, os.path.join(here, name))
    open(os.path.join(here, "ready"), "w").close()
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    os._exit(0)


asyncio.run(main())
