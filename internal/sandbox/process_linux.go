package sandbox

import (
	"context"
	_ "embed"
	"os/exec"
	"strings"
	"syscall"
)

//go:embed isolated.sh
var isolatedScript string

// isolated is a command in process and mount namespaces of its own: when its first process ends,
// the kernel ends every process below it (containers too) and drops every mount it made. The
// private directories are empty file systems in memory, gone with it.
func isolated(ctx context.Context, private []string, name string, args ...string) *exec.Cmd {
	shell := []string{"-c", isolatedScript, "isolated", strings.Join(private, " "), name}
	cmd := exec.CommandContext(ctx, "/bin/sh", append(shell, args...)...)
	cmd.Args[0] = name // so that errors and ps speak of it, not of sh
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:   syscall.CLONE_NEWPID,
		Unshareflags: syscall.CLONE_NEWNS,
	}
	return cmd
}

func dieWithParent(cmd *exec.Cmd) {
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.Pdeathsig = syscall.SIGKILL
	cmd.SysProcAttr.Setpgid = true
}
