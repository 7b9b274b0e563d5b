package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/cloud-gov/platform-checklist/internal/standin/slack"
)

// topic TEXT: the channel's topic as it is kept. Of several arguments each is a word.
func topic(ts *testscript.TestScript, neg bool, args []string) {
	of(ts).with(func(ws *slack.Workspace) {
		if want := strings.Join(args, " "); (ws.Room(slack.Channel).Topic == want) == neg {
			ts.Fatalf("the topic is %q, not %q", ws.Room(slack.Channel).Topic, want)
		}
	})
}

// group USER...: the members of the support group.
func group(ts *testscript.TestScript, neg bool, args []string) {
	of(ts).with(func(ws *slack.Workspace) {
		if slices.Equal(ws.Groups[0].Members, args) == neg {
			ts.Fatalf("the group is %q, not %q", ws.Groups[0].Members, args)
		}
	})
}

// member CHANNEL USER: the user is in the channel.
func member(ts *testscript.TestScript, neg bool, args []string) {
	of(ts).with(func(ws *slack.Workspace) {
		if slices.Contains(ws.Room(args[0]).Members, args[1]) == neg {
			ts.Fatalf("in %s are %q", args[0], ws.Room(args[0]).Members)
		}
	})
}

// posted TIMES: so many messages were posted. The last one's words are in posted.txt, whom it calls in mentions.txt.
func posted(ts *testscript.TestScript, neg bool, args []string) {
	all := slices.DeleteFunc(of(ts).slack.Messages(), func(m slack.Message) bool { return m.Text == "handed over" || m.User != "" })
	if neg || len(args) != 1 || fmt.Sprint(len(all)) != args[0] {
		ts.Fatalf("posted are %d messages, not %s", len(all), strings.Join(args, " "))
	}
	if len(all) > 0 {
		last := all[len(all)-1]
		ts.Check(os.WriteFile(ts.MkAbs("posted.txt"), []byte(last.Words()+"\n"), 0o600))
		ts.Check(os.WriteFile(ts.MkAbs("mentions.txt"), []byte(strings.Join(last.Mentions(), "\n")+"\n"), 0o600))
	}
}

// schedule TEXT: add this line to it. schedule OLD NEW: replace a part of it.
func schedule(ts *testscript.TestScript, neg bool, args []string) {
	text := ts.ReadFile("rotation.yml")
	switch {
	case !neg && len(args) == 1:
		text += args[0] + "\n"
	case !neg && len(args) == 2 && strings.Contains(text, args[0]):
		text = strings.Replace(text, args[0], args[1], 1)
	default:
		ts.Fatalf("usage: schedule TEXT, or schedule OLD NEW")
	}
	ts.Check(os.WriteFile(ts.MkAbs("rotation.yml"), []byte(text), 0o600))
}
