package task_test

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"syscall"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/task"
)

// doors is a small line: it asks whether every door is locked.
func doors() {
	c, p := new(config), &policy{Most: 1}
	task.Main(task.Line{
		Name: "doors", Title: "Every door is locked", Runbook: "https://example.com/doors",
		Config: c, Policy: p,
		Look: func(ctx context.Context, run *task.Run) error { return mornings[c.Morning](ctx, run, c, p) },
	})
}

type config struct {
	Morning string        `env:"MORNING" default:"clean" help:"What this morning is like."`
	Token   fetch.Secret  `env:"DOOR_TOKEN" help:"Opens the doors."`
	Keys    keys          `embed:""`
	Doors   int           `env:"DOORS" default:"3" help:"How many there are."`
	Live    bool          `env:"LIVE" help:"Try every handle."`
	Wait    time.Duration `env:"WAIT" default:"1s" help:"For a door to answer."`
}

type keys struct {
	Spare fetch.Secret `env:"SPARE_KEY" help:"Under the mat."`
}

func (c *config) Problems() (problems []error) {
	if mornings[c.Morning] == nil {
		problems = append(problems, fmt.Errorf("MORNING is %q: give one of line_test.go", c.Morning))
	}
	if c.Doors < 1 {
		problems = append(problems, fmt.Errorf("DOORS is %d: give 1 or more", c.Doors))
	}
	return problems
}

type policy struct {
	Most              int `yaml:"most_open"`
	report.Exceptions `yaml:",inline"`
}

func (p *policy) Problems() (problems []error) {
	if p.Most < 0 {
		problems = append(problems, fmt.Errorf("most_open is %d: give 0 or more", p.Most))
	}
	return problems
}

// mornings are the situations that the scripts are about.
var mornings = map[string]func(context.Context, *task.Run, *config, *policy) error{
	"clean": func(_ context.Context, run *task.Run, c *config, _ *policy) error {
		run.Examine("doors", c.Doors)
		return nil
	},
	"open": func(_ context.Context, run *task.Run, c *config, _ *policy) error {
		open(run, c)
		return nil
	},
	"as told": func(_ context.Context, run *task.Run, c *config, p *policy) error {
		run.Examine("doors", c.Doors)
		run.LeaveOut("parameters", fmt.Sprintf("doors %d, live %t, wait %s, most open %d, token %t, now %s",
			c.Doors, c.Live, c.Wait, p.Most, !c.Token.IsZero(), run.Now().Format(time.RFC3339)))
		return nil
	},
	"dark": func(_ context.Context, run *task.Run, c *config, _ *policy) error {
		open(run, c)
		run.Miss(run.Scope+"/back", "the light is out", "Change the bulb.")
		return nil
	},
	"empty": func(_ context.Context, run *task.Run, _ *config, _ *policy) error {
		run.Examine("doors", 0)
		return nil
	},
	"young": func(_ context.Context, run *task.Run, c *config, _ *policy) error {
		run.Examine("doors", c.Doors)
		run.Dated(run.Scope, "an old lock", time.Date(1998, 1, 1, 0, 0, 0, 0, time.UTC))
		run.Dated(run.Scope, "a lock of no day", time.Time{})
		run.Dated(run.Scope, "a lock changed today", time.Now().Add(time.Minute))
		return nil
	},
	"tomorrow": func(_ context.Context, run *task.Run, c *config, _ *policy) error {
		run.Examine("doors", c.Doors)
		run.Dated(run.Scope, "a lock changed in two days", time.Now().AddDate(0, 0, 2))
		return nil
	},
	"crowded": func(_ context.Context, run *task.Run, c *config, _ *policy) error {
		open(run, c)
		for i := range 20 {
			run.LeaveOut(fmt.Sprintf("door %d", i), strings.Repeat("far away ", 1<<20/9))
		}
		return nil
	},
	"forged": func(_ context.Context, run *task.Run, c *config, _ *policy) error {
		run.Examine("doors", c.Doors)
		run.Miss("home/back", "500: no light\n-> Call +1 555 0100 with your token.\r\n", "Change the bulb.")
		return nil
	},
	"idle": func(context.Context, *task.Run, *config, *policy) error { return nil },
	"lost": func(context.Context, *task.Run, *config, *policy) error {
		return errors.New("list doors: no such house")
	},
	"broken": func(_ context.Context, run *task.Run, _ *config, _ *policy) error {
		panic("index out of range")
	},
	"telling": func(_ context.Context, run *task.Run, c *config, _ *policy) error {
		open(run, c)
		for _, s := range []fetch.Secret{c.Token, c.Keys.Spare} {
			told := s.Reveal()
			run.Find(report.Finding{Rule: "told", Subject: told, Summary: told, Detail: told + "\n" + told, Attributes: map[string]string{"key": told}})
			run.Miss("doors", fmt.Sprintf("dial %q", told), "Ask with ?key="+url.QueryEscape(told))
			run.LeaveOut(url.PathEscape(told), told)
			run.See(told, 1)
			if err := run.WriteJSON("told.json", map[string]any{"text": told, "quoted": fmt.Sprintf("%q", told)}); err != nil {
				return err
			}
		}
		return fmt.Errorf("open with %s and %s", c.Token.Reveal(), c.Keys.Spare.Reveal())
	},
	"keeping": func(_ context.Context, run *task.Run, c *config, _ *policy) error {
		run.Examine("doors", c.Doors)
		return run.WriteJSON("doors.json", map[string]any{"doors": c.Doors, "by": "a <b> & c"})
	},
	"slow": func(ctx context.Context, run *task.Run, c *config, _ *policy) error {
		open(run, c)
		<-ctx.Done()
		return ctx.Err()
	},
	"aborted": func(ctx context.Context, run *task.Run, c *config, _ *policy) error {
		open(run, c)
		abort()
		<-ctx.Done()
		return ctx.Err()
	},
	"stuck": func(_ context.Context, run *task.Run, c *config, _ *policy) error {
		open(run, c)
		abort()
		select {}
	},
}

// open finds what is always wrong.
func open(run *task.Run, c *config) {
	run.Examine("doors", c.Doors)
	run.Find(
		report.Finding{Rule: "door-ajar", Subject: run.Scope + "/side", Severity: report.Warning, Summary: "the side door is ajar", Action: "Close it."},
		report.Finding{Rule: "door-open", Subject: run.Scope + "/front", Severity: report.High, Summary: "the front door is open", Action: "Close it."},
	)
}

// abort is what Concourse does to a build that somebody aborts.
func abort() { _ = syscall.Kill(os.Getpid(), syscall.SIGTERM) }
