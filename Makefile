# What the sandbox needs beside Go, all of it Debian's.
PACKAGES = awscli buildah busybox-static ca-certificates chromium containerd containernetworking-plugins gcc git iproute2 \
  iptables jq libc6-dev postgresql prometheus prometheus-alertmanager runc util-linux

.PHONY: build demo test sandbox bench packages

build:    ## the tasks, in bin/
	go build -trimpath -o bin/ ./tasks/...

demo: build    ## a red morning and a green one, on this machine, without accounts
	@go run ./internal/demo

test: packages    ## everything there is; what cannot run here is said in the last line
	go vet -tags sandbox ./...
	go test ./...
	@if why=$$(go run ./internal/sandbox/needs); \
	then go test -tags sandbox -p 1 -timeout 60m ./...; \
	else echo "Not run here, the part on a real Concourse: $$why"; fi

sandbox: packages    ## a real Concourse with the pipelines set, until Ctrl-C
	@go build ./...
	@go build -o bin/sandbox ./internal/sandbox/try && exec bin/sandbox # go run would call Ctrl-C an error

bench:    ## figures, each beside a peer or a limit
	go test -run '^$$' -bench . -benchtime 1x ./...

packages:
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && ! dpkg -s $(PACKAGES) >/dev/null 2>&1; \
	then apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(PACKAGES); fi
