#include "protocol.hpp"

#include <QCoreApplication>
#include <QtOAuth>

using protocol::support;
using protocol::text;

namespace {

const std::map<QString, QOAuth::SignatureMethod> methods = {
    {"HMAC-SHA1", QOAuth::HMAC_SHA1},
    {"RSA-SHA1", QOAuth::RSA_SHA1},
    {"PLAINTEXT", QOAuth::PLAINTEXT},
};

const std::map<QString, QOAuth::HttpMethod> httpMethods = {
    {"GET", QOAuth::GET}, {"POST", QOAuth::POST},     {"HEAD", QOAuth::HEAD},
    {"PUT", QOAuth::PUT}, {"DELETE", QOAuth::DELETE},
};

const std::map<QString, QOAuth::ParsingMode> modes = {
    {"header", QOAuth::ParseForHeaderArguments},
    {"query", QOAuth::ParseForInlineQuery},
    {"form-body", QOAuth::ParseForRequestContent},
};

// The form, the callback and the verifier, all of which are parameters for the library.
QOAuth::ParamMap parameters(const QJsonObject &asked) {
  QOAuth::ParamMap params;
  for (const QJsonValue pair : asked["form"].toArray()) {
    params.insert(pair[0].toString().toUtf8(), pair[1].toString().toUtf8());
  }
  for (const auto *name : {"callback", "verifier"}) {
    if (!asked[name].isNull()) params.insert(QByteArray("oauth_") + name, text(asked, name));
  }
  return params;
}

QJsonObject sign(const QJsonObject &asked) {
  const auto url = asked["url"].toString();
  const auto transmission = asked["transmission"].toString();
  const auto client = asked["client"].toObject();
  const auto token = asked["token"].toObject();
  const auto method = httpMethods.find(asked["method"].toString());
  support(asked["realm"].isNull(), "no realm");
  support(!url.contains('?') && !url.contains('#'), "a query is given as parameters");
  support(method != httpMethods.end(), "GET, POST, HEAD, PUT and DELETE only");
  support(transmission != "query" || asked["form"].isNull(), "all parameters are in one place");
  support(asked["token"].isNull() || !token["identifier"].toString().isEmpty(),
          "an empty token means none");

  QOAuth::Interface oauth;
  oauth.setConsumerKey(text(client, "identifier"));
  oauth.setConsumerSecret(text(client, "sharedSecret"));
  const auto signatureMethod = methods.at(asked["signatureMethod"].toString());
  if (signatureMethod == QOAuth::RSA_SHA1) {
    // It requires a secret with RSA too, but does not use it.
    oauth.setConsumerSecret("unused");
    oauth.setRSAPrivateKey(client["privateKey"].toString());
  }
  const auto result = oauth.createParametersString(
      url, method->second, text(token, "identifier"), text(token, "sharedSecret"), signatureMethod,
      parameters(asked), modes.at(transmission));
  if (oauth.error() != QOAuth::NoError) {
    throw std::runtime_error("error " + std::to_string(oauth.error()));
  }
  if (transmission == "header") return {{"authorization", QString::fromUtf8(result)}};
  if (transmission == "query") return {{"url", url + QString::fromUtf8(result)}};
  return {{"body", QString::fromUtf8(result)}};
}

} // namespace

int main(int argc, char **argv) {
  QCoreApplication application(argc, argv);
  QCA::Initializer initializer;
  protocol::serve(
      {
          {"name", "qoauth"},
          {"version", VERSION},
          {"language", "C++"},
          {"signatureMethods", QJsonArray{"HMAC-SHA1", "RSA-SHA1", "PLAINTEXT"}},
          {"transmissions", QJsonArray{"header", "query", "form-body"}},
          {"ownNonce", true},
          {"ownTimestamp", true},
          {"ownVersion", true},
      },
      {{"sign", sign}});
}
