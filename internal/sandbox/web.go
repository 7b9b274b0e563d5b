package sandbox

import (
	"context"
	"fmt"
	"net/http"
	"os/exec"
)

// startWeb starts Concourse's web node on 127.0.0.1 and returns when its API answers.
func (sb *Sandbox) startWeb(ctx context.Context, k keys, port, tsaPort, postgresPort string) error {
	debug, err := freePorts(2)
	if err != nil {
		return err
	}
	p, err := sb.start("web", exec.Command(sb.Tool("concourse"), "web",
		"--bind-ip=127.0.0.1", "--bind-port="+port, "--external-url="+sb.URL, "--debug-bind-port="+debug[0],
		"--tsa-bind-ip=127.0.0.1", "--tsa-bind-port="+tsaPort, "--tsa-debug-bind-port="+debug[1],
		"--postgres-host=127.0.0.1", "--postgres-port="+postgresPort,
		"--postgres-user=concourse", "--postgres-database=postgres",
		"--session-signing-key="+k.session, "--tsa-host-key="+k.tsa, "--tsa-authorized-keys="+k.authorized,
		"--add-local-user="+user+":"+password, "--main-team-local-user="+user,
		"--enable-pipeline-instances", "--enable-across-step",
		// A test waits for these, and two cores must bear the checks of every pipeline. What a test
		// needs at once it asks for: Trigger and fly check-resource check without delay.
		"--resource-checking-interval=30s", "--resource-type-checking-interval=30s",
		"--lidar-scanner-interval=2s", "--component-runner-interval=1s", "--build-tracker-interval=1s",
	))
	if err != nil {
		return err
	}
	return p.ready(ctx, func(ctx context.Context) error { return answers(ctx, sb.URL+"/api/v1/info") })
}

// answers tells whether a GET of url brings status 200.
func answers(ctx context.Context, url string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("GET %s: %s", url, response.Status)
	}
	return nil
}
