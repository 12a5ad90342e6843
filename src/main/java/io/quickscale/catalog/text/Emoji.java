package io.quickscale.catalog.text;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The emoji that say how somebody feels, each with a word of the lexicon that has its valence, as
 * VADER's authors put words for emoji. The table is our own; an emoji that is not in it counts for
 * nothing.
 */
final class Emoji {
  private static final Map<String, String> WORDS = words();

  private Emoji() {}

  static Optional<String> word(String emoji) {
    return Optional.ofNullable(WORDS.get(emoji));
  }

  private static Map<String, String> words() {
    Map<String, String> words = new HashMap<>();
    enter(words, "good", "👍 👌 🙂 ✅ 💪 🆗");
    enter(words, "happy", "😀 😃 😄 😁 😆 😊 ☺ 😌 😇 🤗 😎 😺 😸");
    enter(words, "funny", "😂 🤣 😹");
    enter(words, "great", "👏 🙌 🔥 💯 🏆 ⭐ 🌟");
    enter(words, "love", "❤ 😍 🥰 😘 💕 💖 💗 💘 💙 💚 💛 💜 🧡 🖤 😻 ♥");
    enter(words, "celebrate", "🎉 🎊 🥳 🥂 🤩");
    enter(words, "bad", "👎 🙁 ☹ 😕 😖 😣 😬 🙄 😒 😑");
    enter(words, "sad", "😢 😭 😞 😔 😟 😥 😿 😓 😩 😫");
    enter(words, "heartbroken", "💔");
    enter(words, "angry", "😡 😠 🤬 👿 😤 🖕");
    enter(words, "disgusting", "🤮 🤢 💩");
    enter(words, "scared", "😱 😨 😰 😧");
    return Map.copyOf(words);
  }

  private static void enter(Map<String, String> words, String word, String emoji) {
    for (String one : emoji.split(" ")) {
      words.put(one, word);
    }
  }
}
