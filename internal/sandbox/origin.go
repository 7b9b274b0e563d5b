package sandbox

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"time"
)

// The origin is what the stand-in resource types `git` and `time` ask (see basetypes): repositories
// as commits and archives over HTTP, and a clock that moves only when told to.
type origin struct {
	url   string
	repos string
	clock atomic.Pointer[time.Time]
}

func (sb *Sandbox) startOrigin(context.Context) error {
	sb.origin = &origin{repos: filepath.Join(sb.dir, "git")}
	if err := os.Mkdir(sb.origin.repos, 0o755); err != nil {
		return err
	}
	sb.Tick()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /clock", sb.origin.serveClock)
	mux.HandleFunc("GET /git/{name}/head", sb.origin.serveHead)
	mux.HandleFunc("GET /git/{name}/archive/{commit}", sb.origin.serveArchive)
	address, err := sb.serve(mux)
	sb.origin.url = "http://" + address
	return err
}

// Tick makes every `time` resource find a new version at its next check.
func (sb *Sandbox) Tick() {
	now := time.Now().UTC()
	sb.origin.clock.Store(&now)
}

// GitURI is the uri of the source of a `git` resource that reads what Push put under name.
func (sb *Sandbox) GitURI(name string) string { return sb.origin.url + "/git/" + name }

// Push commits what the folder dir holds now, but for what its .gitignore names, to the branch main
// of the repository name, and tags the commit. A repository begins with its first push.
func (sb *Sandbox) Push(ctx context.Context, name, dir string, tags ...string) (commit string, err error) {
	repo := filepath.Join(sb.origin.repos, name)
	git := func(args ...string) {
		if err == nil {
			cmd := exec.CommandContext(ctx, "git", append([]string{"--git-dir", repo, "--work-tree", dir,
				"-c", "user.name=sandbox", "-c", "user.email=sandbox@invalid", "-c", "core.autocrlf=false"}, args...)...)
			cmd.Dir = dir
			commit, err = run(cmd)
		}
	}
	if _, missing := os.Stat(repo); missing != nil {
		git("init", "--quiet", "--initial-branch=main")
	}
	git("add", "--all", ".")
	git("commit", "--quiet", "--allow-empty", "--message", "Push of "+name)
	for _, tag := range tags {
		git("tag", tag)
	}
	git("rev-parse", "HEAD")
	if err != nil {
		return "", fmt.Errorf("push %s as %s: %w", dir, name, err)
	}
	return strings.TrimSpace(commit), nil
}

func (o *origin) serveClock(w http.ResponseWriter, _ *http.Request) {
	fmt.Fprint(w, o.clock.Load().Format(time.RFC3339Nano))
}

// serveHead answers with the commit of ?branch= or, where given, of the highest tag that matches
// the glob ?tag=.
func (o *origin) serveHead(w http.ResponseWriter, r *http.Request) {
	ref := "refs/heads/" + r.FormValue("branch")
	if glob := r.FormValue("tag"); glob != "" {
		tags, err := o.git(r, "tag", "--list", "--sort=-version:refname", "--", glob)
		if err != nil || tags == "" {
			http.Error(w, "no tag matches "+glob, http.StatusNotFound)
			return
		}
		ref = "refs/tags/" + strings.Fields(tags)[0]
	}
	commit, err := o.git(r, "rev-parse", "--verify", "--end-of-options", ref+"^{commit}")
	if err != nil {
		http.Error(w, "no "+ref+" in "+r.PathValue("name"), http.StatusNotFound)
		return
	}
	fmt.Fprint(w, strings.TrimSpace(commit))
}

var commitPattern = regexp.MustCompile(`^[0-9a-f]{40}$`)

func (o *origin) serveArchive(w http.ResponseWriter, r *http.Request) {
	commit := r.PathValue("commit")
	if !commitPattern.MatchString(commit) {
		http.Error(w, "not a commit: "+commit, http.StatusBadRequest)
		return
	}
	archive, err := o.git(r, "archive", "--format=tar", commit)
	if err != nil {
		http.Error(w, "no commit "+commit+" in "+r.PathValue("name"), http.StatusNotFound)
		return
	}
	fmt.Fprint(w, archive)
}

func (o *origin) git(r *http.Request, args ...string) (string, error) {
	repo := filepath.Join(o.repos, filepath.Base(r.PathValue("name")))
	cmd := exec.CommandContext(r.Context(), "git", append([]string{"--git-dir", repo}, args...)...)
	cmd.Dir = repo // from a folder of the work tree git would archive that folder alone
	return run(cmd)
}
