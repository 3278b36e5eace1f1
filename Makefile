# What a person types; the work is in lab/ and package.json.
.PHONY: up down lab test

modules := node_modules/.package-lock.json

$(modules): package-lock.json
	npm ci --no-audit --no-fund --loglevel=error
	@touch $@

up down lab: $(modules)
	@node --import tsx lab/main.ts $@

test: $(modules)
	@node --import tsx test/all.ts
