package scene

import (
	"context"
	"errors"

	"github.com/cloud-gov/platform-checklist/internal/evidence"
	"github.com/cloud-gov/platform-checklist/internal/fetch"
)

// Page is the last that the digest made, from where it is kept.
func (s *Scene) Page(ctx context.Context) ([]byte, error) {
	store, err := evidence.Place{
		Bucket: Bucket, Region: s.S3.Region, Endpoint: s.S3.Endpoint,
		AccessKeyID: fetch.NewSecret(s.S3.AccessKey), SecretAccessKey: fetch.NewSecret(s.S3.SecretKey),
	}.Open(ctx)
	if err != nil {
		return nil, err
	}
	keys, err := store.Reports(ctx, evidence.Line{Scope: "platform", Check: "digest"}, "")
	if err == nil && len(keys) == 0 {
		err = errors.New("there is no digest yet")
	}
	if err != nil {
		return nil, err
	}
	return store.Read(ctx, evidence.Beside(keys[len(keys)-1], "digest.html"))
}
