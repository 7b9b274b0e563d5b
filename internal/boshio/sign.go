package boshio

import (
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
)

// Keys are an HMAC key of Google Cloud Storage, whose private bucket holds the FIPS stemcells, or of S3.
// https://docs.cloud.google.com/storage/docs/authentication/hmackeys
type Keys struct{ Access, Secret fetch.Secret }

// signing signs every try of a request.
type signing struct {
	http.RoundTripper
	keys   Keys
	signer *v4.Signer
}

func sign(with http.RoundTripper, keys Keys) signing {
	return signing{with, keys, v4.NewSigner(func(o *v4.SignerOptions) { o.DisableURIPathEscaping = true })}
}

func (s signing) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	asked := r.Header.Get("Accept-Encoding")
	r.Header.Del("Accept-Encoding") // Google's front end changes it, and then the signature is wrong
	r.Header.Set("X-Amz-Content-Sha256", unsigned)
	credentials := aws.Credentials{AccessKeyID: s.keys.Access.Reveal(), SecretAccessKey: s.keys.Secret.Reveal()}
	// Google takes any region.
	if err := s.signer.SignHTTP(r.Context(), credentials, r, unsigned, "s3", "us-east-1", time.Now()); err != nil {
		return nil, err
	}
	if asked != "" {
		r.Header.Set("Accept-Encoding", asked)
	}
	return s.RoundTripper.RoundTrip(r)
}

const unsigned = "UNSIGNED-PAYLOAD" // there is none
