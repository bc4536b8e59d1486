using Causality.Protocol.Identity;
using Causality.ServiceDefaults.Control;
using Microsoft.Extensions.Options;

namespace Causality.Scheduler.Dashboard.Rendering;

/// <summary>Makes the frame of a page for whoever asks.</summary>
internal sealed class Viewer(IOptions<OperatorOptions> self, TimeProvider time)
{
    public PageFrame Frame(HttpContext context, Notice? notice = null) => new()
    {
        OperatorId = self.Value.Id,
        User = context.User.Identity?.Name ?? "local",
        HasSession = context.User.HasSession(),
        MayOperate = context.User.MayOperate(),
        Now = time.GetUtcNow(),
        Path = context.Request.Path + context.Request.QueryString,
        Notice = notice ?? Notice.OfRedirect(context.Request.Query["done"]),
    };
}
