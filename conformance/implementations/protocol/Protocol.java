import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The conformance protocol on standard input and output. */
final class Protocol {
  /** A request of the protocol. */
  static final class Asked {
    int id;
    String command;
    String text;
    String baseString;
    String clientSharedSecret;
    String tokenSharedSecret;
    String method;
    String url;
    List<List<String>> parameters;
    List<List<String>> form;
    String body;
    Credentials client;
    Credentials token;
    String signatureMethod;
    String timestamp;
    String nonce;
    String version;
    String realm;
    String callback;
    String verifier;
    String transmission;
  }

  /** Of a client or a token. */
  static final class Credentials {
    String identifier;
    String sharedSecret;
    String privateKey;
  }

  /** The implementation cannot do what is asked: no failure. */
  static final class Unsupported extends Exception {
    Unsupported(String why) {
      super(why);
    }
  }

  /** Answers a request. */
  interface Command {
    Map<String, String> answer(Asked asked) throws Exception;
  }

  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  /** Answers each line by its command. */
  static void serve(Map<String, Object> description, Map<String, Command> commands)
      throws Exception {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(System.out, true, "UTF-8");
    Map<String, Object> described = new TreeMap<>(description);
    described.put("commands", List.copyOf(commands.keySet()));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Asked asked = GSON.fromJson(line, Asked.class);
      if (asked.command.equals("stop")) {
        break;
      }
      Map<String, ?> answer =
          asked.command.equals("describe") ? described : answer(commands, asked);
      JsonObject object = GSON.toJsonTree(answer).getAsJsonObject();
      object.addProperty("id", asked.id);
      out.print(GSON.toJson(object) + "\n");
      out.flush();
    }
  }

  private static Map<String, String> answer(Map<String, Command> commands, Asked asked) {
    try {
      support(commands.containsKey(asked.command), "no such command");
      return commands.get(asked.command).answer(asked);
    } catch (Unsupported why) {
      return Map.of("unsupported", why.getMessage());
    } catch (Exception error) {
      return Map.of("error", error.toString());
    }
  }

  static void support(boolean holds, String why) throws Unsupported {
    if (!holds) {
      throw new Unsupported(why);
    }
  }

  /** The version of a class's jar: in its manifest, or in what Maven wrote into it. */
  static String versionOf(Class<?> type, String artifact) throws Exception {
    String declared = type.getPackage().getImplementationVersion();
    if (declared != null) {
      return declared;
    }
    Properties pom = new Properties();
    pom.load(type.getResourceAsStream("/META-INF/maven/" + artifact + "/pom.properties"));
    return pom.getProperty("version");
  }
}
