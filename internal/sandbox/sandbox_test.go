//go:build sandbox

package sandbox_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/sandbox"
)

func TestSandbox(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 15*time.Minute)
	defer cancel()
	began := time.Now()
	sb, err := sandbox.Start(ctx, sandbox.Options{Log: t.Output()})
	require.NoError(t, err)
	t.Cleanup(sb.Stop)
	t.Logf("started in %.1f s", time.Since(began).Seconds())

	testS3(t, ctx, sb.S3)

	began = time.Now()
	image, err := sb.Build(ctx, "internal/sandbox/testdata/look/Dockerfile",
		map[string]string{"PROGRAM": "internal/sandbox/testdata/look"}, "look:dev")
	require.NoError(t, err)
	require.Equal(t, sb.Registry+"/look", image.Repository)
	require.Regexp(t, `^sha256:[0-9a-f]{64}$`, image.Digest)
	require.Greater(t, image.Size, int64(500_000), "a Go program and the CA certificates")
	t.Logf("built %s:%s, %d bytes, in %.1f s", image.Repository, image.Tag, image.Size, time.Since(began).Seconds())

	config := t.TempDir()
	ask := func(question string, tags ...string) {
		require.NoError(t, os.WriteFile(filepath.Join(config, "question"), []byte(question), 0o644))
		_, err := sb.Push(ctx, "config", config, tags...)
		require.NoError(t, err)
	}
	ask("who was?", "v1.9")
	ask("who is on support?", "v1.10", "v2.0")

	_, err = sb.Fly(ctx, "set-pipeline", "-n", "-p", "checklist", "-c", "testdata/pipeline.yml",
		"-v", "registry="+sb.Registry, "-v", "config="+sb.GitURI("config"))
	require.NoError(t, err)
	_, err = sb.Fly(ctx, "unpause-pipeline", "-p", "checklist")
	require.NoError(t, err)

	began = time.Now()
	first, err := sb.Await(ctx, "checklist/look", 0)
	require.NoError(t, err)
	t.Logf("from unpause to the end of the first build %.1f s", time.Since(began).Seconds())
	requireFound(t, first, "who is on support? before: who is on support?")

	// The next build sees what was pushed meanwhile.
	ask("who is next?")
	began = time.Now()
	second, err := sb.Trigger(ctx, "checklist/look")
	require.NoError(t, err)
	t.Logf("from trigger to the end %.1f s", time.Since(began).Seconds())
	requireFound(t, second, "who is next? before: who is on support?")

	// A tick of the clock starts a build without anybody's trigger.
	began = time.Now()
	sb.Tick()
	_, err = sb.Fly(ctx, "check-resource", "-r", "checklist/every-morning")
	require.NoError(t, err)
	third, err := sb.Await(ctx, "checklist/look", second.ID)
	require.NoError(t, err)
	t.Logf("from tick to the end %.1f s", time.Since(began).Seconds())
	requireFound(t, third, "who is next? before: who is on support?")
}

// requireFound wants a build whose task failed and whose on_failure put had what the task found.
func requireFound(t *testing.T, build sandbox.Build, question string) {
	t.Helper()
	require.Equal(t, "failed", build.Status, build.Output)
	require.Contains(t, build.Output, "put in look: "+question)
	require.GreaterOrEqual(t, build.EndTime, build.StartTime)
}

func testS3(t *testing.T, ctx context.Context, server sandbox.S3) {
	require.NoError(t, server.CreateBucket(ctx, "evidence"))
	_, err := server.Client().PutObject(ctx, &s3.PutObjectInput{
		Bucket: aws.String("evidence"), Key: aws.String("2026/report.json"), Body: strings.NewReader("{}"),
	})
	require.NoError(t, err)
	listed, err := server.Client().ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: aws.String("evidence")})
	require.NoError(t, err)
	require.Len(t, listed.Contents, 1)
	require.Equal(t, "2026/report.json", *listed.Contents[0].Key)
}
