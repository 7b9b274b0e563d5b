// Time stands in for Concourse's time resource in the sandbox. Its clock is the sandbox's, which
// moves only when a test says so: the schedule in the source is not kept, and a first check finds
// the present time as the real one does within its interval.
//
// One program under the names check, in and out; the address of the sandbox is in origin, beside it.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"time"
)

type version struct {
	Time string `json:"time"`
}

func main() {
	if err := answer(filepath.Base(os.Args[0])); err != nil {
		fmt.Fprintln(os.Stderr, "time stand-in:", err)
		os.Exit(1)
	}
}

func answer(script string) error {
	var request struct {
		Version *version `json:"version"`
	}
	if err := json.NewDecoder(os.Stdin).Decode(&request); err != nil {
		return fmt.Errorf("read the request: %w", err)
	}
	switch script {
	case "check":
		now, err := clock()
		if err != nil {
			return err
		}
		return json.NewEncoder(os.Stdout).Encode([]version{now})
	case "in":
		if request.Version == nil {
			return fmt.Errorf("in: no version")
		}
		if err := os.WriteFile(filepath.Join(os.Args[1], "timestamp"), []byte(request.Version.Time), 0o644); err != nil {
			return err
		}
		return json.NewEncoder(os.Stdout).Encode(map[string]any{"version": request.Version})
	case "out":
		now, err := clock()
		if err != nil {
			return err
		}
		return json.NewEncoder(os.Stdout).Encode(map[string]any{"version": now})
	}
	return fmt.Errorf("called as %q, not as check, in or out", script)
}

// clock asks the sandbox what time it is.
func clock() (version, error) {
	origin, err := os.ReadFile("/opt/resource/origin")
	if err != nil {
		return version{}, err
	}
	client := &http.Client{Timeout: 10 * time.Second}
	response, err := client.Get(string(origin) + "/clock")
	if err != nil {
		return version{}, err
	}
	defer response.Body.Close()
	now, err := io.ReadAll(io.LimitReader(response.Body, 100))
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("GET %s: %s", response.Request.URL, response.Status)
	}
	return version{Time: string(now)}, err
}
