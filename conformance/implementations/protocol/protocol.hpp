// The conformance protocol on standard input and output, for adapters in C++ with Qt.
#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <functional>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>

namespace protocol {

// The implementation cannot do what is asked: no failure.
struct Unsupported : std::runtime_error {
  using std::runtime_error::runtime_error;
};

using Commands = std::map<std::string, std::function<QJsonObject(const QJsonObject &)>>;

inline void support(bool holds, const char *what) {
  if (!holds) throw Unsupported(what);
}

// UTF-8 of a member; empty where it is null.
inline QByteArray text(const QJsonObject &asked, const char *name) {
  return asked[name].toString().toUtf8();
}

// Answers a request by the function of its command.
inline QJsonObject answerTo(const QJsonObject &asked, const Commands &commands) {
  const auto command = commands.find(asked["command"].toString().toStdString());
  try {
    support(command != commands.end(), "no such command");
    return command->second(asked);
  } catch (const Unsupported &why) {
    return {{"unsupported", why.what()}};
  } catch (const std::exception &error) {
    return {{"error", error.what()}};
  }
}

// Answers each line.
inline void serve(QJsonObject description, const Commands &commands) {
  QJsonArray names;
  for (const auto &command : commands) names.append(QString::fromStdString(command.first));
  description["commands"] = names;
  for (std::string line; std::getline(std::cin, line);) {
    const auto asked = QJsonDocument::fromJson(QByteArray::fromStdString(line)).object();
    if (asked["command"] == "stop") return;
    auto answer = asked["command"] == "describe" ? description : answerTo(asked, commands);
    answer["id"] = asked["id"];
    std::cout << QJsonDocument(answer).toJson(QJsonDocument::Compact).constData() << std::endl;
  }
}

} // namespace protocol
