package resource

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/strict"
)

// words are the command line: a verb, and the folder that in and out work in.
type words struct {
	Check struct{} `cmd:"" help:"Print the versions that are new, the oldest first."`
	In    struct {
		Folder string `arg:"" type:"existingdir" help:"Folder to fill."`
	} `cmd:"" help:"Fetch a version into a folder."`
	Out struct {
		Folder string `arg:"" type:"existingdir" help:"Folder that holds the build's inputs."`
	} `cmd:"" help:"Put what a folder holds."`
	Version kong.VersionFlag `help:"Print the version."`

	verb, folder string
}

// parse reads the command line. answered: --help or --version was all that was asked.
func (p program) parse(args []string, stdout io.Writer) (w words, answered bool, err error) {
	parser, err := kong.New(&w, kong.Name(p.name), kong.Description(p.manual()), kong.Writers(stdout, stdout),
		kong.Exit(func(int) { answered = true }), kong.Vars{"version": report.Tool(p.name)},
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err != nil {
		return w, false, err
	}
	parsed, err := parser.Parse(args)
	if answered || err != nil {
		return w, answered, errors.Join(err)
	}
	w.verb, _, _ = strings.Cut(parsed.Command(), " ")
	w.folder = w.In.Folder + w.Out.Folder
	return w, false, nil
}

// manual lists the keys of source and params by their help tags.
func (p program) manual() string {
	text := p.name + " " + p.about + ". It reads a request of Concourse on standard input."
	source, _ := p.verbs["check"].keys()
	text += "\n\nsource:\n\n" + keys(source)
	for _, verb := range []string{"in", "out"} {
		if _, params := p.verbs[verb].keys(); reflect.TypeOf(params) != reflect.TypeFor[*None]() {
			text += "\nparams of " + verb + ":\n\n" + keys(params)
		}
	}
	return text
}

func keys(pointer any) (text string) {
	for _, f := range reflect.VisibleFields(reflect.TypeOf(pointer).Elem()) {
		if name := strict.Key(f); name != "" {
			text += fmt.Sprintf("  %-18s %s\n", name, f.Tag.Get("help"))
		}
	}
	return text
}
