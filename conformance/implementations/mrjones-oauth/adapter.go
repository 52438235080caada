package main

import (
	"crypto"
	_ "crypto/sha1"
	_ "crypto/sha256"
	"net/http"
	"protocol"
	"strings"

	"github.com/mrjones/oauth"
)

// The version of the Debian package, because the source has none. Set by build.sh.
var version string

var hashes = map[string]crypto.Hash{"SHA1": crypto.SHA1, "SHA256": crypto.SHA256}

func consumer(asked *protocol.Asked, provider oauth.ServiceProvider, over *http.Client) (*oauth.Consumer, error) {
	family, hash, _ := strings.Cut(asked.SignatureMethod, "-")
	if family == "HMAC" {
		return oauth.NewCustomConsumer(asked.Client.Identifier, asked.Client.SharedSecret, hashes[hash], provider, over), nil
	}
	key, err := asked.PrivateKey()
	if err != nil {
		return nil, err
	}
	return oauth.NewCustomRSAConsumer(asked.Client.Identifier, key, hashes[hash], provider, over), nil
}

func sign(asked *protocol.Asked) (protocol.Answer, error) {
	if asked.Realm != nil {
		return nil, protocol.Unsupported("no realm")
	}
	capture := &protocol.Capture{}
	provider := oauth.ServiceProvider{
		RequestTokenUrl: asked.URL,
		AccessTokenUrl:  asked.URL,
		HttpMethod:      asked.Method,
	}
	signer, err := consumer(asked, provider, &http.Client{Transport: capture})
	if err != nil {
		return nil, err
	}
	switch {
	case asked.Callback == nil && asked.Verifier == nil:
		err = send(asked, signer)
	case asked.Form != nil:
		return nil, protocol.Unsupported("no form in a request for credentials")
	case asked.Callback != nil && *asked.Callback == "":
		return nil, protocol.Unsupported("an empty callback means none")
	case asked.Callback != nil && asked.Verifier == nil && asked.Token == nil:
		_, _, err = signer.GetRequestTokenAndUrl(*asked.Callback)
	case asked.Verifier != nil && asked.Callback == nil && asked.Token != nil:
		token := &oauth.RequestToken{Token: asked.Token.Identifier, Secret: asked.Token.SharedSecret}
		_, err = signer.AuthorizeToken(token, *asked.Verifier)
	default:
		return nil, protocol.Unsupported("credentials are asked for in two steps")
	}
	return capture.Authorization(err)
}

// A request with the consumer's http.Client.
func send(asked *protocol.Asked, signer *oauth.Consumer) error {
	token := &oauth.AccessToken{}
	if asked.Token != nil {
		token = &oauth.AccessToken{Token: asked.Token.Identifier, Secret: asked.Token.SharedSecret}
	}
	client, err := signer.MakeHttpClient(token)
	if err != nil {
		return err
	}
	request, err := asked.HTTPRequest()
	if err != nil {
		return err
	}
	_, err = client.Do(request)
	return err
}

func main() {
	protocol.Serve(
		protocol.Answer{
			"name":             "mrjones-oauth",
			"version":          version,
			"language":         "Go",
			"signatureMethods": []string{"HMAC-SHA1", "HMAC-SHA256", "RSA-SHA1", "RSA-SHA256"},
			"transmissions":    []string{"header"},
			"ownNonce":         true,
			"ownTimestamp":     true,
			"ownVersion":       true,
		},
		map[string]func(*protocol.Asked) (protocol.Answer, error){"sign": sign},
	)
}
