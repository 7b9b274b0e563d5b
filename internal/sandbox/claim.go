package sandbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// claimFile is one for the machine, because the bridge's name is. Who holds its lock runs a sandbox;
// what it says without a lock is what a killed sandbox left.
const claimFile = "/run/lock/platform-checklist-sandbox.json"

// runDir holds what a run writes. Containers' users must get there, which they may not in a home folder.
const runDir = "/var/lib/platform-checklist-sandbox"

const ipForwardFile = "/proc/sys/net/ipv4/ip_forward"

// claim is what the next sandbox must know to clean up after this one. Processes and mounts are not
// in it: the kernel has ended them (see fork and isolated).
type claim struct {
	PID       int       `json:"pid"`
	Since     time.Time `json:"since"`
	IPForward string    `json:"ip_forward"` // the kernel's setting before the CNI plugins set it
}

// claim waits until no other sandbox runs, cleans up after one that was killed and takes its place.
func (sb *Sandbox) claim(ctx context.Context) error {
	file, err := lock(ctx, claimFile, func() {
		other, _ := readClaim()
		sb.say("waiting for the sandbox of process %d, started %s", other.PID, other.Since.Format(time.TimeOnly))
	})
	if err != nil {
		return fmt.Errorf("wait for another sandbox to end, whose process %s names: %w", claimFile, err)
	}
	sb.undo = append(sb.undo, func() { _ = file.Close() })
	before, err := readClaim()
	if err != nil {
		return err
	}
	if before.PID != 0 {
		sb.say("cleaning up after the sandbox of process %d", before.PID)
	}
	if err := before.clearSoon(ctx); err != nil {
		return fmt.Errorf("clean up after an earlier sandbox: %w", err)
	}

	ipForward, err := os.ReadFile(ipForwardFile)
	if err != nil {
		return err
	}
	now := claim{PID: os.Getpid(), Since: time.Now(), IPForward: string(ipForward)}
	content, _ := json.Marshal(now)
	if err := os.WriteFile(claimFile, content, 0o644); err != nil {
		return err
	}
	sb.undo = append(sb.undo, func() {
		if err := now.clear(); err != nil {
			sb.say("not all is cleaned up, the next start tries again: %s", err)
			return
		}
		_ = os.Truncate(claimFile, 0)
	})
	return os.Mkdir(sb.dir, 0o755)
}

func readClaim() (c claim, err error) {
	content, err := os.ReadFile(claimFile)
	if err != nil || len(content) == 0 {
		return c, err
	}
	if err := json.Unmarshal(content, &c); err != nil {
		return c, fmt.Errorf("%s is broken: delete it: %w", claimFile, err)
	}
	return c, nil
}

// clearSoon clears as soon as the kernel has ended what a killed sandbox ran.
func (c claim) clearSoon(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	for {
		err := c.clear()
		if err == nil || c.PID == 0 {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// clear removes what the kernel does not remove by itself. All of it may be gone already.
func (c claim) clear() error {
	if err := removeBridge(); err != nil || c.PID == 0 {
		return err
	}
	return errors.Join(removeRules(), removeCgroups(), os.RemoveAll(runDir),
		os.WriteFile(ipForwardFile, []byte(c.IPForward), 0o644))
}

// removeCgroups removes the groups of containers, under the name that the worker gives their parent.
func removeCgroups() error {
	var groups []string
	walk := func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() && strings.Contains(path+"/", "/garden/") {
			groups = append(groups, path)
		}
		return nil // a group may go while we look
	}
	if err := filepath.WalkDir("/sys/fs/cgroup", walk); err != nil {
		return err
	}
	var errs []error
	for _, group := range slices.Backward(groups) { // children first
		if err := os.Remove(group); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
