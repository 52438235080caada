// RFC 5849 §3.4.1.3.1: the parameters of the query are signed, and those of the form are too.
// See a=1 of the query, which is in the URL that is sent neither.
import com.google.api.client.auth.oauth.OAuthParameters;
import com.google.api.client.auth.oauth.OAuthSigner;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.UrlEncodedContent;
import com.google.api.client.http.javanet.NetHttpTransport;
import java.util.Map;

class QueryOverwritten {
  public static void main(String[] args) throws Exception {
    OAuthParameters parameters = new OAuthParameters();
    parameters.consumerKey = "ck";
    // A signer that shows the signature base string in place of a signature.
    parameters.signer =
        new OAuthSigner() {
          public String getSignatureMethod() {
            return "HMAC-SHA1";
          }

          public String computeSignature(String signatureBaseString) {
            return signatureBaseString;
          }
        };
    HttpRequest request =
        new NetHttpTransport()
            .createRequestFactory()
            .buildPostRequest(
                new GenericUrl("http://example.com/?a=1"),
                new UrlEncodedContent(Map.of("a", "2")));
    // HttpRequest.execute calls it before it sends the request.
    parameters.intercept(request);
    String parametersOfRequest = parameters.signature.replaceAll("^.*&|%26oauth_consumer_key.*$", "");
    System.out.println("expected http://example.com/?a=1 signed with a%3D1%26a%3D2");
    System.out.println("received " + request.getUrl() + " signed with " + parametersOfRequest);
  }
}
