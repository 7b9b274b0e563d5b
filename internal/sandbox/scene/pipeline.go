package scene

import (
	"context"
	"os"
	"path/filepath"

	"go.yaml.in/yaml/v3"
)

// Box is one line in one environment: an instance of the group of pipelines.
type Box struct{ Line, Environment string }

// Production is the box of a line in the environment that the scene plays.
func Production(line string) Box { return Box{line, Environment} }

// Pipeline names the instance, as fly does.
func (b Box) Pipeline() string { return "checklist/environment:" + b.Environment + ",line:" + b.Line }

// Job names its job, as fly does.
func (b Box) Job() string { return b.Pipeline() + "/" + b.Line }

// Set sets a box's pipeline as the README says, and unpauses it.
func (s *Scene) Set(ctx context.Context, b Box, change ...func(Vars)) error {
	vars, err := s.vars(b.Environment)
	if err != nil {
		return err
	}
	for _, do := range change {
		do(vars)
	}
	text, err := yaml.Marshal(vars)
	if err != nil {
		return err
	}
	file := filepath.Join(s.folder, b.Environment+"-"+b.Line+".yml")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		return err
	}
	if err := s.SetFile(ctx, b, filepath.Join(s.root, "pipelines", b.Line+".yml"), "-l", file); err != nil {
		return err
	}
	_, err = s.Fly(ctx, "unpause-pipeline", "-p", b.Pipeline())
	return err
}

// SetFile sets a box's pipeline from a file.
func (s *Scene) SetFile(ctx context.Context, b Box, file string, more ...string) error {
	_, err := s.Fly(ctx, append([]string{"set-pipeline", "-n", "-p", "checklist", "-c", file,
		"--instance-var", "line=" + b.Line, "--instance-var", "environment=" + b.Environment}, more...)...)
	return err
}
