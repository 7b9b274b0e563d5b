package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/checklist"
	"github.com/cloud-gov/platform-checklist/internal/mistake"
	"github.com/cloud-gov/platform-checklist/internal/strict"
	"github.com/cloud-gov/platform-checklist/internal/task"
)

// check is one look at a config and the pipelines.
type check struct {
	*config
	texts map[string][]byte // of the pipelines, by their files' names
	facts mistake.Facts
}

func (c *check) look(_ context.Context, run *task.Run) error {
	run.Dated(run.Scope, "the config is read as it is now", time.Now())
	c.facts.Refuses = c.refuses
	c.readPipelines(run)
	if !c.readConfig(run) {
		return nil
	}
	if len(c.facts.Pipelines) == 0 { // and nothing can be held against them
		return nil
	}
	c.stat(run)
	run.Examine("boxes", len(c.facts.Config.Boxes()))
	run.Examine("pipelines", len(c.facts.Lines()))
	run.Find(mistake.Judge(c.facts)...)
	if len(run.Findings)+len(run.Gaps) > 0 {
		run.LeaveOut("setting", "nothing is set while anything is wrong: all boxes stay as they were")
		return nil
	}
	return c.write()
}

func (c *check) readConfig(run *task.Run) bool {
	text, err := os.ReadFile(c.Config)
	if err != nil {
		run.Miss("config", err.Error(), "Give CONFIG as the path of checklist.yml.")
		return false
	}
	if c.facts.Config, err = checklist.Read(text); err != nil {
		for _, problem := range strict.Each(err) {
			run.Miss("config", fmt.Sprintf("%s: %s", c.Config, problem), "Correct it; until then nothing is set.")
		}
		return false
	}
	return true
}

func (c *check) readPipelines(run *task.Run) {
	c.texts, c.facts.Pipelines = map[string][]byte{}, map[string]mistake.Pipeline{}
	files, _ := filepath.Glob(filepath.Join(c.Pipelines, "*.yml")) // only a bad pattern is an error
	if len(files) == 0 {
		run.Miss("pipelines", "no pipeline is in "+c.Pipelines, "Give PIPELINES as the folder pipelines of this project.")
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".yml")
		text, err := os.ReadFile(file)
		if err == nil {
			c.texts[name] = text
			c.facts.Pipelines[name], err = mistake.ReadPipeline(text)
		}
		if err != nil {
			run.Miss("pipelines/"+name, fmt.Sprintf("read %s: %s", file, err), "Pin another tag of this project.")
		}
	}
}

// stat looks which files are not there, of those that pipelines read from the inputs config and checklist.
func (c *check) stat(run *task.Run) {
	var files []string
	for _, p := range c.facts.Pipelines {
		files = append(files, p.Files...)
	}
	slices.Sort(files)
	for _, file := range slices.Compact(files) {
		input, path, _ := strings.Cut(file, "/")
		folder := map[string]string{"config": filepath.Dir(c.Config), "checklist": filepath.Dir(c.Pipelines)}[input]
		_, err := os.Stat(filepath.Join(folder, filepath.FromSlash(path)))
		if errors.Is(err, fs.ErrNotExist) {
			c.facts.Absent = append(c.facts.Absent, file)
		} else if err != nil {
			run.Miss(file, err.Error(), "")
		}
	}
}
