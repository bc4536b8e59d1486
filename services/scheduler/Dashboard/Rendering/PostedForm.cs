using Causality.Protocol.Server;
using Causality.Protocol.Server.Problems;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Causality.Scheduler.Dashboard.Rendering;

/// <summary>The fields of a form, read from a bounded body.</summary>
internal sealed class PostedForm
{
    private const string MediaType = "application/x-www-form-urlencoded";
    private const int MaxBytes = 2 * 1024 * 1024;
    private readonly Dictionary<string, StringValues> _fields;

    private PostedForm(Dictionary<string, StringValues> fields) => _fields = fields;

    /// <exception cref="RequestProblemException">413 or 415; 400 for a NUL character.</exception>
    public static async Task<PostedForm> ReadAsync(HttpContext context)
    {
        RequestBody.RequireMediaType(context.Request, MediaType);
        var body = await RequestBody.ReadAsync(context, MaxBytes);
        NulCharacters.RequireNoneIn(body.Span);
        return new PostedForm(QueryHelpers.ParseQuery(System.Text.Encoding.UTF8.GetString(body.Span)));
    }

    /// <summary>The field without white space around it; null when absent or blank.</summary>
    public string? Text(string name) => _fields.TryGetValue(name, out var values) && values.ToString().Trim() is { Length: > 0 } text ? text : null;

    /// <summary>The field as it was sent; null when absent.</summary>
    public string? Raw(string name) => _fields.TryGetValue(name, out var values) ? values.FirstOrDefault() : null;

    /// <summary>Every value of a field, as sent; empty when absent.</summary>
    public IReadOnlyList<string> All(string name) => _fields.TryGetValue(name, out var values) ? [.. values.OfType<string>()] : [];
}
