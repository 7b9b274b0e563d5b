package resource

import (
	"go.yaml.in/yaml/v3"
)

// text is a version as Concourse takes it: every value a string, and the same bytes for the same
// version, since their sum is its identity.
func text(version any) (map[string]string, error) {
	document, err := yaml.Marshal(version)
	if err != nil {
		return nil, err
	}
	values := map[string]string{}
	return values, yaml.Unmarshal(document, values)
}

// answer to in and out.
type answer struct {
	Version  map[string]string `json:"version"`
	Metadata Metadata          `json:"metadata,omitempty"`
}

func response[V any](version V, shown Metadata, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	values, err := text(version)
	return answer{values, shown}, err
}

// texts is the answer to check.
func texts[V any](versions []V, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	list := make([]map[string]string, len(versions))
	for i, v := range versions {
		if list[i], err = text(v); err != nil {
			return nil, err
		}
	}
	return list, nil
}
