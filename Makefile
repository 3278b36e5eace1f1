# What a person types; the work is in lab/ and package.json.
.PHONY: up down lab test bench

modules := node_modules/.package-lock.json

$(modules): package-lock.json
	npm ci --no-audit --no-fund --loglevel=error
	@touch $@

up down lab: $(modules)
	@node --require esbuild-register lab/main.ts $@

test: $(modules)
	@node --require esbuild-register test/all.ts

bench: $(modules)
	@node --require esbuild-register bench/fleet/index.ts
