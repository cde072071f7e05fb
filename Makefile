# The project's commands. `make run` and `make test` set up what is missing on a Debian 12 with a Swift toolchain.
# The tests that keep something run twice: on SQLite and on PostgreSQL.
# `make pictures` keeps every page that the browser tests see, for people to look at.
.PHONY: run test pictures bench bench-ordinances bench-governance bench-text crash faults format lint doctor

run:
	@scripts/setup run
	swift build -c release --product origami
	@.build/release/origami init --town towns/kaminokawa
	@.build/release/origami serve

test:
	@scripts/setup run test
	swift build --build-tests
	swift test --skip-build
	TEST_ENGINE=PostgreSQL swift test --skip-build --filter '^(Core|Identity|Register|Applications|SystemStandards|Ordinances|Governance|Platform)Tests' --skip Browser

pictures:
	@scripts/setup run test
	PICTURES=var/pictures swift test --filter BrowserTests

bench:
	@scripts/setup run bench
	swift build -c release --product origami
	swift build -c release --product load
	swift build -c release --product texts
	.build/release/load docs/performance.md
	python3 Benchmarks/Text/bench.py docs/performance.md
	python3 Benchmarks/Ordinances/bench.py docs/performance.md
	python3 Benchmarks/Governance/bench.py docs/performance.md

# The judgement of ordinances: how right and how fast. LABELS=FILE measures it on a list of one's own.
bench-ordinances:
	@scripts/setup run bench
	swift build -c release --product origami
	python3 Benchmarks/Ordinances/bench.py

bench-governance:
	@scripts/setup run bench
	swift build -c release --product origami
	python3 Benchmarks/Governance/bench.py

bench-text:
	@scripts/setup run bench
	swift build -c release --product origami
	swift build -c release --product texts
	python3 Benchmarks/Text/bench.py docs/performance.md

crash:
	@scripts/setup run test
	swift build -c release --product origami
	swift build -c release --product faults
	.build/release/faults 50

faults:
	@scripts/setup run test
	swift build -c release --product origami
	swift build -c release --product faults
	.build/release/faults

format:
	swift format --in-place --parallel --recursive Package.swift Sources Tests Benchmarks

lint:
	swift format lint --strict --parallel --recursive Package.swift Sources Tests Benchmarks

doctor:
	@.build/release/origami doctor
