package scene

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/cloud-gov/platform-checklist/internal/checklist"
	"github.com/cloud-gov/platform-checklist/internal/standin/cloud"
	"github.com/cloud-gov/platform-checklist/internal/standin/nessus"
	"github.com/cloud-gov/platform-checklist/internal/standin/slack"
	"github.com/cloud-gov/platform-checklist/internal/standin/zendesk"
	"github.com/cloud-gov/platform-checklist/internal/strict"
)

// Vars are those of a pipeline.
type Vars = checklist.Vars

// digestPolicy waits for no box that may be late.
const digestPolicy = "grace: 0s\n"

// Configure pushes the team's config: the example with the addresses of this sandbox, policies for what has just started,
// and the changes of a test, which stay.
func (s *Scene) Configure(ctx context.Context, change ...func(*checklist.Config)) error {
	for _, do := range change {
		do(&s.Config)
	}
	text, err := yaml.Marshal(s.Config)
	if err != nil {
		return err
	}
	if err := os.WriteFile(s.configFile(), text, 0o600); err != nil {
		return err
	}
	_, err = s.Push(ctx, "config", filepath.Dir(s.configFile()))
	return err
}

func (s *Scene) configFile() string { return filepath.Join(s.folder, "config", "checklist.yml") }

// copyExample copies the example to where this sandbox's config is, and reads it.
func (s *Scene) copyExample() error {
	folder := filepath.Dir(s.configFile())
	if err := os.CopyFS(folder, os.DirFS(filepath.Join(s.root, "pipelines", "example"))); err != nil {
		return err
	}
	for file, policy := range map[string]string{"alerts.yml": alertsPolicy, "digest.yml": digestPolicy} {
		if err := os.WriteFile(filepath.Join(folder, "policy", file), []byte(policy), 0o600); err != nil {
			return err
		}
	}
	if err := s.writeSchedule(); err != nil {
		return err
	}
	text, err := os.ReadFile(s.configFile())
	if err != nil {
		return err
	}
	return strict.YAML(text, &s.Config)
}

// address puts the addresses of this sandbox into the config.
func (s *Scene) address(c *checklist.Config) {
	images := Vars{}
	for name, image := range s.Images {
		images[name] = Vars{"repository": image.Repository, "tag": image.Tag, "insecure": true}
	}
	maps.Copy(c.Vars, Vars{
		"images":      images,
		"checklist":   Vars{"uri": s.GitURI("checklist"), "branch": "main"},
		"config":      Vars{"uri": s.GitURI("config"), "branch": "main"},
		"slack":       Vars{"url": s.Slack.WebhookURL()},
		"worker_tags": []string{},
		"bosh_io_url": s.BoshIO.URL(),
	})
	s.addressIn(c.Vars)
	for _, e := range c.Environments {
		s.addressIn(e.Vars)
	}
	In(s.Staging)(c.Environments["staging"].Vars)
	overlay(c.Parent, "concourse", Vars{"url": s.concourseURL, "username": s.User, "password": s.Password})
	support := c.Environments["support"].Vars
	overlay(support, "rotation", Vars{"apply": "true", "slack_token": slack.Token, "slack_api_url": s.Slack.APIURL()})
	support["slack"] = Vars{"token": slack.Token, "channel": slack.Channel, "api_url": s.Slack.APIURL()} // a bot, for threads
	c.Parent["heartbeat_url"] = ""
}

// addressIn does so with those vars of a place that it gives.
func (s *Scene) addressIn(vars Vars) {
	feeds := Vars{}
	for parameter, address := range s.Feeds.Params() {
		feeds[strings.ToLower(parameter)] = address
	}
	for key, values := range map[string]Vars{
		"evidence": {"bucket": Bucket, "region": s.S3.Region, "endpoint": s.S3.Endpoint, "access_key_id": s.S3.AccessKey, "secret_access_key": s.S3.SecretKey},
		"bosh": {
			"environment": s.Director.URL(), "client": s.Director.Client, "client_secret": s.Director.Secret, "ca_cert": s.Director.CA(),
		},
		"aws":           reached(s.AWS),
		"alertmanager":  {"url": s.monitors.alertmanager.URL, "username": "", "password": ""},
		"prometheus":    {"url": s.monitors.prometheus.URL, "username": "", "password": ""},
		"notifications": {"token": slack.Token, "channel": slack.Channel, "api_url": s.Slack.APIURL()},
		"zendesk":       {"url": s.Zendesk.URL(), "oauth_token": zendesk.OAuthToken},
		"nessus":        {"url": s.Nessus.URL(), "access_key": nessus.AccessKey, "secret_key": nessus.SecretKey, "ca_cert": s.Nessus.CA()},
		"anomalies":     {"account_id": cloud.Production},
		"advisories":    feeds,
	} {
		if _, given := vars[key]; given {
			overlay(vars, key, values)
		}
	}
}

// In sets the AWS that a box looks at.
func In(aws *cloud.Server) func(Vars) {
	return func(v Vars) { overlay(v, "aws", reached(aws)) }
}

// reached is how a pipeline reaches an AWS.
func reached(aws *cloud.Server) Vars {
	env := map[string]string{}
	for _, setting := range aws.Env(cloud.Production, "checklist") {
		key, value, _ := strings.Cut(setting, "=")
		env[key] = value
	}
	return Vars{
		"region": env["AWS_REGION"], "access_key_id": env["AWS_ACCESS_KEY_ID"], "secret_access_key": env["AWS_SECRET_ACCESS_KEY"],
		"endpoint_url": env["AWS_ENDPOINT_URL"], "use_fips_endpoint": "", "account_ids": cloud.Production,
	}
}

// overlay changes some values of a var, in a copy: another place may share it.
func overlay(vars Vars, key string, values Vars) {
	inner, _ := vars[key].(Vars)
	inner = maps.Clone(inner)
	if inner == nil {
		inner = Vars{}
	}
	maps.Copy(inner, values)
	vars[key] = inner
}
