package main

import (
	"cmp"
	"errors"
	"fmt"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/cloud-gov/platform-checklist/internal/boshio"
	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/stemcell"
)

// source is which stemcells, and where they are listed.
type source struct {
	Name         string  `yaml:"name" help:"Name of the stemcell: bosh-aws-xen-hvm-ubuntu-noble."`
	Family       numeral `yaml:"version_family" help:"Versions to keep to: \"621.latest\" or \"621\"; latest, all, unless given."`
	ForceRegular bool    `yaml:"force_regular" help:"Take regular stemcells where there are light ones too."`
	Auth         auth    `yaml:"auth" help:"Key of a private bucket, as FIPS stemcells are in: access_key and secret_key."`

	Deny  []numeral `yaml:"deny" help:"Versions never to give, such as \"1.918\"; none unless given."`
	Index string    `yaml:"bosh_io_url" help:"Address of bosh.io, or of a mirror; https://bosh.io unless given."`
}

// auth is an HMAC key.
type auth struct {
	AccessKey fetch.Secret `yaml:"access_key"`
	SecretKey fetch.Secret `yaml:"secret_key"`
}

// Problems tells all that is wrong.
func (s source) Problems() (problems []error) {
	if s.Name == "" {
		problems = append(problems, errors.New("name is missing: give the stemcell's, such as bosh-aws-xen-hvm-ubuntu-noble"))
	}
	if _, err := s.Family.family(); err != nil {
		problems = append(problems, fmt.Errorf("version_family %w", err))
	}
	if s.Auth.AccessKey.IsZero() != s.Auth.SecretKey.IsZero() {
		problems = append(problems, errors.New("auth wants both access_key and secret_key, or neither"))
	}
	for i, v := range s.Deny {
		if _, err := stemcell.ParseVersion(string(v)); err != nil {
			problems = append(problems, fmt.Errorf("deny[%d]: %w", i, err))
		}
	}
	if _, ok := fetch.Address(s.index()); !ok {
		problems = append(problems, fmt.Errorf("bosh_io_url wants an address such as %s, not %q", boshio.Address, s.Index))
	}
	return problems
}

func (s source) index() string { return cmp.Or(s.Index, boshio.Address) }

func (s source) client() *boshio.Client {
	c := boshio.New(s.index(), fetch.Options{Timeout: 90 * time.Second, Try: 30 * time.Second})
	if !s.Auth.AccessKey.IsZero() {
		c.Sign(boshio.Keys{Access: s.Auth.AccessKey, Secret: s.Auth.SecretKey})
	}
	return c
}

// numeral is a version written in quotes. Without them YAML takes it for a number, and 1.920 for 1.92.
type numeral string

// UnmarshalYAML refuses numbers.
func (n *numeral) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind != yaml.ScalarNode || node.ShortTag() != "!!str" {
		return fmt.Errorf("wants a version in quotes, such as %q: without them YAML cuts 1.920 to 1.92", "1.920")
	}
	*n = numeral(node.Value)
	return nil
}

// version is a stemcell of the source's name.
type version struct {
	Version string `yaml:"version"`
}

// Problems tells all that is wrong.
func (v version) Problems() []error {
	if _, err := stemcell.ParseVersion(v.Version); err != nil {
		return []error{err}
	}
	return nil
}

// params are what one get says.
type params struct {
	Tarball          *bool `yaml:"tarball" help:"Fetch the tarball; true unless given."`
	PreserveFilename bool  `yaml:"preserve_filename" help:"Keep the tarball's own name, instead of stemcell.tgz."`
}
