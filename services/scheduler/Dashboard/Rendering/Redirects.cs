namespace Causality.Scheduler.Dashboard.Rendering;

/// <summary>Where a browser goes after a form: to a page that can be reloaded without doing it again.</summary>
internal static class Redirects
{
    /// <param name="page">The page.</param>
    /// <param name="done">What was done, one of the names that <see cref="Notice.OfRedirect"/> knows.</param>
    public static IResult After(string page, string done) => To($"{page}{(page.Contains('?', StringComparison.Ordinal) ? '&' : '?')}done={done}");

    /// <summary>To another page.</summary>
    public static IResult To(string page) => new SeeOther(page);

    /// <summary>Who acts, by the name of the token.</summary>
    public static string ViewerName(this HttpContext context) => context.User.Identity?.Name is { Length: > 0 } name ? name : "dashboard";

    // 303, so that the browser asks for the page and does not repeat the form.
    private sealed class SeeOther(string location) : IResult
    {
        public Task ExecuteAsync(HttpContext context)
        {
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = location;
            return Task.CompletedTask;
        }
    }
}
