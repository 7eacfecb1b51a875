using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerService.Bench.Pages;

/// <summary>A Blazor Server page with one word on it: what any circuit costs. Routes are looked for among public types alone.</summary>
[Route("/")]
public sealed class BarePage : ComponentBase
{
    public const string Word = "Nothing";

    internal static async Task<WebApplication> StartAsync(CancellationToken cancellation)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        var app = builder.Build();
        app.UseAntiforgery();
        app.MapRazorComponents<BareApp>().AddInteractiveServerRenderMode();
        await app.StartAsync(cancellation);
        return app;
    }

    public static Uri AddressOf(WebApplication app) => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, Word);

    /// <summary>The document around it.</summary>
    public sealed class BareApp : ComponentBase
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.AddMarkupContent(0, "<!DOCTYPE html><html><body>");
            builder.OpenComponent<BarePage>(1);
            builder.AddComponentRenderMode(new InteractiveServerRenderMode(prerender: false));
            builder.CloseComponent();
            builder.AddMarkupContent(2, "</body></html>");
        }
    }
}
