package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"

	"go.yaml.in/yaml/v3"
)

// taskFile is what Concourse reads of a task.yml.
type taskFile struct {
	Params map[string]string
	Run    struct{ Path string }
}

// run does what Concourse does with a task.yml: its program, its params overlaid by the
// pipeline's, in a folder that holds the inputs. want is the exit status that the story needs.
func (a act) run(bin, folder, day string, want int) error {
	text, err := os.ReadFile(filepath.Join("tasks", a.task, "task.yml"))
	if err != nil {
		return err
	}
	var file taskFile
	if err := yaml.Unmarshal(text, &file); err != nil {
		return fmt.Errorf("read tasks/%s/task.yml: %w", a.task, err)
	}
	program, err := filepath.Abs(filepath.Join(bin, file.Run.Path))
	if err != nil {
		return err
	}
	work := filepath.Join(folder, a.task, day)
	if err := a.inputs(work, filepath.Join(folder, a.task, "morning", "report")); err != nil {
		return err
	}
	maps.Copy(file.Params, a.params)
	command := exec.Command(program)
	command.Dir = work
	for key, value := range file.Params {
		command.Env = append(command.Env, key+"="+value)
	}
	words, err := command.CombinedOutput()
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		return fmt.Errorf("run %s: %w", program, err)
	}
	status := command.ProcessState.ExitCode()
	a.show(string(words), status)
	if status != want {
		return fmt.Errorf("%s ended with %d on the %s, the story wants %d", a.task, status, day, want)
	}
	if a.page == "" {
		return nil
	}
	return keep(filepath.Join(work, file.Params["REPORT"], a.page), filepath.Join(bin, day+"-"+a.page))
}

// inputs lays out what the pipeline would: the team's policies, and the previous report.
func (a act) inputs(work, previous string) error {
	policies := os.DirFS(filepath.Join("pipelines", "example"))
	if err := os.CopyFS(filepath.Join(work, "config"), policies); err != nil {
		return err
	}
	if _, err := os.Stat(previous); err == nil {
		return os.CopyFS(filepath.Join(work, "previous"), os.DirFS(previous))
	}
	return nil
}
