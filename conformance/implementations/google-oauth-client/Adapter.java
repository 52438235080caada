import com.google.api.client.auth.oauth.OAuthHmacSha256Signer;
import com.google.api.client.auth.oauth.OAuthHmacSigner;
import com.google.api.client.auth.oauth.OAuthParameters;
import com.google.api.client.auth.oauth.OAuthRsaSigner;
import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpContent;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.UrlEncodedContent;
import com.google.api.client.http.javanet.NetHttpTransport;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

final class Adapter {
  private static Map<String, String> percentEncode(Protocol.Asked asked) throws Exception {
    Protocol.support(asked.text != null, "escape takes text");
    return Map.of("result", OAuthParameters.escape(asked.text));
  }

  private static Map<String, String> sign(Protocol.Asked asked) throws Exception {
    GenericUrl url = new GenericUrl(asked.url);
    OAuthParameters parameters = new OAuthParameters();
    parameters.consumerKey = asked.client.identifier;
    parameters.token = asked.token == null ? null : asked.token.identifier;
    parameters.callback = asked.callback;
    parameters.verifier = asked.verifier;
    parameters.realm = asked.realm;
    parameters.version = asked.version;
    setSigner(parameters, asked);
    HttpRequest request =
        new NetHttpTransport()
            .createRequestFactory()
            .buildRequest(asked.method, url, content(asked));
    // What HttpRequest.execute does first.
    parameters.intercept(request);
    return Map.of(
        "authorization", request.getHeaders().getAuthorization(),
        "url", request.getUrl().build());
  }

  private static void setSigner(OAuthParameters parameters, Protocol.Asked asked)
      throws Exception {
    String tokenSharedSecret = asked.token == null ? null : asked.token.sharedSecret;
    switch (asked.signatureMethod) {
      case "HMAC-SHA1":
        OAuthHmacSigner hmac = new OAuthHmacSigner();
        hmac.clientSharedSecret = asked.client.sharedSecret;
        hmac.tokenSharedSecret = tokenSharedSecret;
        parameters.signer = hmac;
        break;
      case "HMAC-SHA256":
        OAuthHmacSha256Signer hmacSha256 = new OAuthHmacSha256Signer(asked.client.sharedSecret);
        hmacSha256.setTokenSecret(tokenSharedSecret);
        parameters.signer = hmacSha256;
        break;
      default:
        OAuthRsaSigner rsa = new OAuthRsaSigner();
        rsa.privateKey = privateKey(asked.client.privateKey);
        parameters.signer = rsa;
    }
  }

  private static PrivateKey privateKey(String pem) throws Exception {
    byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]+-----", ""));
    return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  /** A form is a map: a name that comes more than once has a list of values. */
  private static HttpContent content(Protocol.Asked asked) {
    if (asked.form != null) {
      Map<String, List<String>> form = new LinkedHashMap<>();
      for (List<String> pair : asked.form) {
        form.computeIfAbsent(pair.get(0), name -> new ArrayList<>()).add(pair.get(1));
      }
      return new UrlEncodedContent(form);
    }
    return asked.body == null
        ? null
        : new ByteArrayContent("application/octet-stream", Base64.getDecoder().decode(asked.body));
  }

  public static void main(String[] args) throws Exception {
    Protocol.serve(
        Map.of(
            "name", "google-oauth-client",
            "version", Protocol.versionOf(OAuthParameters.class, "com.google.oauth-client/google-oauth-client"),
            "language", "Java",
            "signatureMethods", List.of("HMAC-SHA1", "HMAC-SHA256", "RSA-SHA1"),
            "transmissions", List.of("header"),
            "ownNonce", true,
            "ownTimestamp", true),
        Map.of("percent-encode", Adapter::percentEncode, "sign", Adapter::sign));
  }
}
