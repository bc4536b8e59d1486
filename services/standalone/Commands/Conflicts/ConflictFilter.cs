using System.CommandLine;
using System.Globalization;
using System.Text;
using Causality.Core;
using Causality.Standalone.Input;

namespace Causality.Standalone.Commands.Conflicts;

/// <summary>Chooses among conflicts on the command line.</summary>
internal sealed class ConflictFilter
{
    public Option<string?> State { get; } = new("--state") { Description = "open, decided or superseded (a decision of it has been superseded)." };

    public Option<string?> Peer { get; } = new("--peer") { Description = "Only conflicts to which this peer has brought a version." };

    public Option<string?> Trace { get; } = new("--trace") { Description = "Only conflicts with a version of this trace id." };

    public Option<string?> Strategy { get; } = new("--by-strategy") { Description = "Only conflicts decided by this strategy: latest-wins, remote-wins, local-wins, person, message, or a plug-in's name." };

    public Option<string?> Since { get; } = new("--since") { Description = "Only conflicts that came to light at or after this time: RFC 3339, such as 2026-11-23T08:00:00Z." };

    public Option<string?> Until { get; } = new("--until") { Description = "Only conflicts that came to light at or before this time." };

    public Option<string?> Kind { get; } = new("--kind") { Description = "id: one id with several contents; timestamp: one timestamp with several ids. Default: id, and any kind in lists." };

    /// <summary>Those that choose among conflicts.</summary>
    public IEnumerable<Option> Filters => [State, Peer, Trace, Strategy, Since, Until, Kind];

    /// <summary>The filters as a query of the control API.</summary>
    /// <exception cref="InputException">A time cannot be read; names the option.</exception>
    public string Query(ParseResult parsed, params IEnumerable<(string Name, string? Value)> more)
    {
        var query = new StringBuilder();
        foreach (var (name, value) in Pairs(parsed).Concat(more).Where(pair => pair.Value is not null))
            query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value!));
        return query.ToString();
    }

    private IEnumerable<(string Name, string? Value)> Pairs(ParseResult parsed) =>
    [
        ("state", parsed.GetValue(State)), ("peer", parsed.GetValue(Peer)), ("trace_id", parsed.GetValue(Trace)), ("strategy", parsed.GetValue(Strategy)), ("kind", parsed.GetValue(Kind)),
        ("from", Time(parsed, Since)), ("to", Time(parsed, Until)),
    ];

    private static string? Time(ParseResult parsed, Option<string?> option)
    {
        if (parsed.GetValue(option) is not { } text)
            return null;

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && time.ToUnixTimeMilliseconds() is >= 0 and <= EntryLimits.MaxTimestamp and var ms
            ? ms.ToString(CultureInfo.InvariantCulture)
            : throw new InputException($"{option.Name} is '{text}'; give a time such as 2026-11-23T08:00:00Z.");
    }
}
