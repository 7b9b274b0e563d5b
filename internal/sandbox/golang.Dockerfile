# The golang image that the project's Dockerfiles start from, made of this machine's Go: nothing can
# be pulled here. What the official one has besides (gcc, git, Debian) the project does not need.
FROM scratch
COPY busybox /bin/busybox
RUN ["/bin/busybox", "mkdir", "-p", "/usr/bin", "/sbin", "/usr/sbin", "/root", "/tmp", "/etc/ssl/certs"]
RUN ["/bin/busybox", "--install", "-s"]
RUN chmod 1777 /tmp && echo 'root:x:0:0:root:/root:/bin/sh' >/etc/passwd && echo 'root:x:0:' >/etc/group
COPY ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=goroot / /usr/local/go/
ENV PATH=/go/bin:/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin GOPATH=/go GOTOOLCHAIN=local GOPROXY=off
WORKDIR /go
