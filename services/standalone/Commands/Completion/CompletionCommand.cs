using System.CommandLine;
using Causality.Standalone.Commands.Help;

namespace Causality.Standalone.Commands.Completion;

/// <summary><c>causality completion bash|zsh|fish</c>: a script for the shell, made from the commands as they are.</summary>
internal static class CompletionCommand
{
    public static Command Create(RootCommand root)
    {
        var command = new Command("completion", "Print a script that teaches a shell to complete commands and options.");
        command.Add(ForShell(root, "bash", "Add to ~/.bashrc: source <(causality completion bash)", BashCompletion.Script, "source <(causality completion bash)"));
        command.Add(ForShell(root, "zsh", "Add to ~/.zshrc: source <(causality completion zsh)", ZshCompletion.Script, "source <(causality completion zsh)"));
        command.Add(ForShell(root, "fish", "Save as ~/.config/fish/completions/causality.fish", FishCompletion.Script, "causality completion fish > ~/.config/fish/completions/causality.fish"));
        return command.WithExamples("source <(causality completion bash)");
    }

    private static Command ForShell(RootCommand root, string shell, string description, Func<IReadOnlyList<CompletionWords>, string> script, string example)
    {
        var command = new Command(shell, $"Print the script for {shell}. {description}");
        command.SetAction(_ =>
        {
            Console.Write(script([.. CommandTree.Walk(root).Select(found => CompletionWords.Of(found.Path, found.Command))]));
            return Failures.Success;
        });
        return command.WithExamples(example);
    }
}
