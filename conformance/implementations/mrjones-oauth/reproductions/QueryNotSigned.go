// RFC 5849 §3.4.1.3.1: the parameters of the query and those of the form are signed.
// See a=1 of the query in the signature base string.
package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"
	"strings"

	"github.com/mrjones/oauth"
)

type nowhere struct{}

func (nowhere) RoundTrip(request *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: 200, Body: http.NoBody, Request: request}, nil
}

func main() {
	consumer := oauth.NewCustomHttpClientConsumer(
		"ck", "cs", oauth.ServiceProvider{}, &http.Client{Transport: nowhere{}})
	client, _ := consumer.MakeHttpClient(&oauth.AccessToken{})

	// The consumer prints the signature base string.
	consumer.Debug(true)
	terminal := os.Stdout
	read, write, _ := os.Pipe()
	os.Stdout = write
	client.Post("http://example.com/?a=1", "application/x-www-form-urlencoded", strings.NewReader("b=2"))
	write.Close()
	os.Stdout = terminal
	printed, _ := io.ReadAll(read)

	fmt.Println("expected a%3D1%26b%3D2")
	fmt.Printf("received %s\n", regexp.MustCompile(`Signing: [^&]*&[^&]*&(.*?)%26oauth_consumer_key`).FindSubmatch(printed)[1])
}
