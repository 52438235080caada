// RFC 5849 §3.4.1.3.1 does not say what "%zz" is decoded to. It is sent, so it cannot be left out.
// See the start of the parameters in the signature base string.
package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"

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
	client.Get("http://example.com/?a=%zz")
	write.Close()
	os.Stdout = terminal
	printed, _ := io.ReadAll(read)

	fmt.Println("expected a%3D%2525zz%26oauth_consumer_key%3Dck")
	fmt.Printf("received %s\n", regexp.MustCompile(`Signing: [^&]*&[^&]*&(.*?oauth_consumer_key%3Dck)`).FindSubmatch(printed)[1])
}
