using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Causality.ServiceDefaults.Control;

/// <summary>The routes of this process, known before the server starts.</summary>
internal sealed class MappedRoutes
{
    /// <summary>Set where the pipeline is composed.</summary>
    public IEndpointRouteBuilder? Routes { get; set; }

    public IEnumerable<Endpoint> Endpoints => Routes?.DataSources.SelectMany(source => source.Endpoints) ?? [];
}
