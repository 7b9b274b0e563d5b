package sandbox

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// needed are the programs the sandbox runs, each with the Debian package that brings it. A path
// with a star is a glob, for what Debian keeps out of PATH.
var needed = []struct{ program, debian string }{
	{"/usr/lib/postgresql/*/bin/postgres", "postgresql"},
	{"containerd", "containerd"},
	{"runc", "runc"},
	{cniPlugins + "/bridge", "containernetworking-plugins"},
	{"iptables-restore", "iptables"},
	{"ip", "iproute2"},
	{"setpriv", "util-linux"},
	{"buildah", "buildah"},
	{"busybox", "busybox-static"},
	{certificates, "ca-certificates"},
	{"gcc", "gcc libc6-dev"},
	{"git", "git"},
}

// Requirements tells in one error, on one line, everything that keeps the sandbox from running on
// this machine, with the command that installs what is missing.
func Requirements() error {
	var lacks, packages []string
	if runtime.GOOS != "linux" {
		lacks = append(lacks, "Linux (this is "+runtime.GOOS+")")
	}
	if os.Geteuid() != 0 {
		lacks = append(lacks, "root")
	}
	for _, n := range needed {
		if !present(n.program) {
			lacks = append(lacks, n.program)
			packages = append(packages, n.debian)
		}
	}
	if len(lacks) == 0 {
		return nil
	}
	message := "the sandbox needs " + strings.Join(lacks, ", ")
	if len(packages) > 0 {
		message += fmt.Sprintf("; on Debian: apt-get install --no-install-recommends %s",
			strings.Join(slices.Compact(packages), " "))
	}
	return errors.New(message)
}

func present(program string) bool {
	if strings.HasPrefix(program, "/") {
		found, _ := filepath.Glob(program)
		return len(found) > 0
	}
	_, err := exec.LookPath(program)
	return err == nil
}
