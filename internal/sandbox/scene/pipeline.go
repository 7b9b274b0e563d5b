package scene

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/concourse/concourse/atc"
	"go.yaml.in/yaml/v3"

	"github.com/cloud-gov/platform-checklist/internal/checklist"
)

// Parent is the pipeline that sets all others, as the README names it.
const Parent = "checklist-parent"

// SetParent sets the parent pipeline as the README says: the one thing that a person sets.
func (s *Scene) SetParent(ctx context.Context) error {
	_, err := s.Fly(ctx, "set-pipeline", "-n", "-p", Parent, "-c", filepath.Join(s.root, "pipelines", "parent.yml"), "-l", s.configFile())
	return err
}

// Unpause starts a pipeline.
func (s *Scene) Unpause(ctx context.Context, pipeline string) error {
	_, err := s.Fly(ctx, "unpause-pipeline", "-p", pipeline)
	return err
}

// Box is one line in one environment: an instance of the group of pipelines.
type Box checklist.Box

// Production is the box of a line in the environment that most of the scene plays in.
func Production(line string) Box { return Box{Line: line, Environment: Environment} }

// Pipeline names the instance, as fly does.
func (b Box) Pipeline() string { return "checklist/environment:" + b.Environment + ",line:" + b.Line }

// Job names its job, as fly does.
func (b Box) Job() string { return b.Pipeline() + "/" + b.Line }

// Set sets one box by hand, with changes to its vars.
func (s *Scene) Set(ctx context.Context, b Box, change ...func(Vars)) error {
	vars := s.Config.BoxVars(checklist.Box(b))
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
	return s.Unpause(ctx, b.Pipeline())
}

// SetFile sets a box's pipeline from a file.
func (s *Scene) SetFile(ctx context.Context, b Box, file string, more ...string) error {
	_, err := s.Fly(ctx, append([]string{"set-pipeline", "-n", "-p", "checklist", "-c", file,
		"--instance-var", "line=" + b.Line, "--instance-var", "environment=" + b.Environment}, more...)...)
	return err
}

// Pipelines are those that Concourse has, archived ones too.
func (s *Scene) Pipelines(ctx context.Context) (pipelines []atc.Pipeline, err error) {
	out, err := s.Fly(ctx, "pipelines", "--include-archived", "--json")
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal([]byte(out), &pipelines); err != nil {
		return nil, fmt.Errorf("read the pipelines: %w", err)
	}
	return pipelines, nil
}
