using System.Text;

namespace Causality.Standalone.Commands.Completion;

/// <summary>The script for zsh, with descriptions.</summary>
internal static class ZshCompletion
{
    public static string Script(IReadOnlyList<CompletionWords> commands)
    {
        var text = new StringBuilder("#compdef causality\n# zsh completion of causality: source <(causality completion zsh), after compinit\n");
        text.Append("_causality_words() {\n  case \"$1\" in\n");
        foreach (var command in commands)
            text.Append($"    '{command.Path}') reply=({string.Join(' ', command.Commands.Concat(command.Options).Select(word => Quote($"{word.Name}:{word.Description}")))}) ;;\n");
        text.Append("    *) return 1 ;;\n  esac\n}\n");
        text.Append("""
            _causality() {
              local spot="" word
              local -a reply
              for word in "${(@)words[2,CURRENT-1]}"; do
                if _causality_words "${spot:+$spot }$word"; then spot="${spot:+$spot }$word"; fi
              done
              _causality_words "$spot"
              _describe 'causality' reply || _files
            }
            compdef _causality causality

            """);
        return text.ToString();
    }

    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
