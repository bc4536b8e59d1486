using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Causality.Scheduler.Dashboard.Rendering;

/// <summary>A page rendered on the server, encoded by the framework, with headers that let it load nothing but our own files.</summary>
/// <typeparam name="TPage">The page; it has the parameters <c>Frame</c> and <c>Model</c>.</typeparam>
internal sealed class PageResult<TPage>(PageFrame frame, object model, int status = StatusCodes.Status200OK) : IResult where TPage : IComponent
{
    public async Task ExecuteAsync(HttpContext context)
    {
        await using var renderer = new HtmlRenderer(context.RequestServices, context.RequestServices.GetRequiredService<ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { ["Frame"] = frame, ["Model"] = model });
            return (await renderer.RenderComponentAsync<TPage>(parameters)).ToHtmlString();
        });

        var response = context.Response;
        response.StatusCode = status;
        PageHeaders.Set(response);
        response.ContentType = "text/html; charset=utf-8";
        await response.WriteAsync(html, context.RequestAborted);
    }
}
