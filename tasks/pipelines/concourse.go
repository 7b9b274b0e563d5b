package main

import (
	"github.com/concourse/concourse/atc"
	"github.com/concourse/concourse/vars"
	"go.yaml.in/yaml/v3"

	"github.com/cloud-gov/platform-checklist/internal/checklist"
)

// refuses gives a pipeline its vars and reads it, as set_pipeline does, so that no config that passes can set half.
func (c *check) refuses(pipeline string, given checklist.Vars) error {
	text, err := yaml.Marshal(given)
	if err != nil {
		return err
	}
	static := map[string]any{} // of just this type, also within: vars looks into no other
	if err := yaml.Unmarshal(text, &static); err != nil {
		return err
	}
	resolved, err := vars.NewTemplateResolver(c.texts[pipeline], []vars.Variables{vars.StaticVariables(static)}).Resolve(false, false)
	if err != nil {
		return err
	}
	return atc.UnmarshalConfig(resolved, new(atc.Config))
}
