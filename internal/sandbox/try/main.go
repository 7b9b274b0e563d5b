// Try starts a real Concourse with the checklist set up in it, on a red morning, and leaves it
// running until Ctrl-C.
//
//	make sandbox
package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/sandbox/scene"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	end := context.AfterFunc(ctx, func() {
		fmt.Println("\nstopping: Concourse, its containers and the stand-ins are ended and cleaned up, which takes some 15 s")
	})
	err := try(ctx)
	if end(); err != nil && ctx.Err() == nil { // what ends because it was told to has not failed
		fmt.Fprintln(os.Stderr, "sandbox:", err)
		os.Exit(1)
	}
}

func try(ctx context.Context) error {
	s, err := scene.Start(ctx, ".", os.Stderr)
	if err != nil {
		return err
	}
	defer s.Stop()
	if err := s.Configure(ctx, s.Late); err != nil {
		return err
	}
	if err := s.SetParent(ctx); err != nil {
		return err
	}
	if err := s.Unpause(ctx, scene.Parent); err != nil {
		return err
	}
	set, err := s.Await(ctx, scene.Parent+"/pipelines", 0)
	if err != nil {
		return err
	}
	if set.Status != "succeeded" {
		return fmt.Errorf("the parent pipeline sets no box: %s", set.Output)
	}
	controls, err := net.Listen("tcp", s.Host+":0")
	if err != nil {
		return err
	}
	server := &http.Server{Handler: control(s), ReadHeaderTimeout: time.Minute}
	defer server.Close()
	go func() { _ = server.Serve(controls) }()
	go func() {
		if err := trouble(ctx, s); err != nil && ctx.Err() == nil {
			fmt.Fprintln(os.Stderr, "sandbox:", err)
		}
	}()
	stemcells := scene.Production("stemcells")
	fmt.Printf(`
Concourse   %s   user %s, password %s
boxes       %d, all set by %s, the one pipeline that was set by hand
Slack       %s   (what was posted)
director    %s   S3 %s

It is a red morning. Try, in another terminal:
  export PATH=%s:$PATH
  fly -t sandbox login -c %s -u %s -p %s
  fly -t sandbox trigger-job -w -j %s
  curl -X POST http://%s/mend       # the fleet is upgraded, everybody gets a second factor
  fly -t sandbox trigger-job -w -j %s
  curl -X POST http://%s/morning    # red again

From %s on there is more that no box says: one is paused, a resource's check fails, one did not run.
  fly -t sandbox trigger-job -w -j %s/digest
  http://%s/digest    # the page of all boxes, once the digest ran

Ctrl-C ends it and cleans up.
`, s.URL, s.User, s.Password, len(s.Config.Boxes()), scene.Parent, s.Slack.URL(), s.Director.URL(), s.S3.Endpoint,
		filepath.Dir(s.Tool("fly")), s.URL, s.User, s.Password, stemcells.Job(), controls.Addr(), stemcells.Job(), controls.Addr(),
		s.Over.Local().Format("15:04"), scene.Parent, controls.Addr())
	<-ctx.Done()
	return nil
}

// trouble comes when the boxes were asked, so that they have something to look back on.
func trouble(ctx context.Context, s *scene.Scene) error {
	for _, b := range []scene.Box{scene.Paused, scene.Unchecked} {
		if _, err := s.Await(ctx, b.Job(), 0); err != nil {
			return err
		}
	}
	if err := s.Pause(ctx, scene.Paused); err != nil {
		return err
	}
	return s.Configure(ctx, scene.Misname)
}

// control lets a person at a terminal move the story on.
func control(s *scene.Scene) http.Handler {
	mux := http.NewServeMux()
	for path, do := range map[string]func(){"/mend": s.Mend, "/morning": s.Morning, "/tick": s.Tick} {
		mux.HandleFunc("POST "+path, func(w http.ResponseWriter, _ *http.Request) {
			do()
			fmt.Fprintln(w, "done")
		})
	}
	mux.HandleFunc("GET /digest", func(w http.ResponseWriter, r *http.Request) {
		page, err := s.Page(r.Context())
		if err != nil {
			http.Error(w, err.Error(), http.StatusNotFound)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(page)
	})
	return mux
}
