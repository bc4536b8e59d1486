using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Globalization;

namespace Causality.Standalone.Commands.Help;

/// <summary>The usual help, then examples and exit codes. <c>--help</c> works on every command.</summary>
internal sealed class HelpWithNotes(SynchronousCommandLineAction usual) : SynchronousCommandLineAction
{
    /// <summary>Has a root command and everything below it show its notes.</summary>
    public static void AddTo(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            if (option.Action is SynchronousCommandLineAction usual)
                option.Action = new HelpWithNotes(usual);
        }
    }

    public override int Invoke(ParseResult parseResult)
    {
        var code = usual.Invoke(parseResult);
        var (command, output) = (parseResult.CommandResult.Command, parseResult.InvocationConfiguration.Output);
        var examples = CommandNotes.ExamplesOf(command);
        if (examples.Count > 0)
        {
            output.WriteLine("Examples:");
            foreach (var example in examples)
                output.WriteLine($"  {example}");
            output.WriteLine();
        }

        if (command.Subcommands.Count > 0)
            return code;
        output.WriteLine("Exit codes:");
        foreach (var (number, meaning) in CommandNotes.ExitCodesOf(command))
            output.WriteLine($"  {number.ToString(CultureInfo.InvariantCulture),-4} {meaning}");
        return code;
    }
}
