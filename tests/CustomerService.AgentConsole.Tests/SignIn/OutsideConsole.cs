using System.Collections.Immutable;
using System.Net;
using CustomerService.AgentConsole.SignIn;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Staff;
using CustomerService.Grains.Turns;
using CustomerService.Staff;
using CustomerService.Staff.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerService.AgentConsole.Tests.SignIn;

/// <summary>The console's sign-in as it is served, over real grains and with a real provider beside it, and a browser as far as it goes from address to address.</summary>
internal sealed class OutsideConsole : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _browser = NewBrowser();

    private OutsideConsole(Company company, LoopbackProvider provider, WebApplication app) => (Company, Provider, _app) = (company, provider, app);

    public Company Company { get; }

    public LoopbackProvider Provider { get; }

    public LinkTickets Links => _app.Services.GetRequiredService<LinkTickets>();

    public static async Task<OutsideConsole> StartAsync(Func<IdentityProvider, IdentityProvider>? with = null)
    {
        var provider = await LoopbackProvider.StartAsync();
        var trusted = new IdentityProvider("company", "the company", provider.Address, LoopbackProvider.ClientId) { ClientSecret = LoopbackProvider.Secret };
        var settings = new StaffSettings { Providers = [with?.Invoke(trusted) ?? trusted] };
        var company = new Company(settings);
        company.Time.Advance(TimeProvider.System.GetUtcNow() - company.Time.GetUtcNow()); // Tokens are held against the machine's clock.
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting().AddSingleton<TimeProvider>(company.Time).AddSingleton<IGrainClient>(company).AddSingleton<IJournal>(company);
        var hosted = builder.Services.Where(service => service.ServiceType == typeof(IHostedService)).ToList();
        builder.Services.AddStaff(new byte[32], settings, hashIterations: 1000).AddAgentConsole(settings.Providers);
        foreach (var follower in builder.Services.Where(service => service.ServiceType == typeof(IHostedService)).Except(hosted).ToList())
            builder.Services.Remove(follower); // Pages of other rooms follow the journal; signing in does not.
        var app = builder.Build();
        app.UseRouting();
        app.UseAgentConsole();
        var console = app.MapGroup("/console");
        console.MapSignIn();
        console.MapGet("/who", (HttpContext context) => StaffClaims.MemberOf(context.User)?.Id ?? "nobody");
        await app.StartAsync();
        return new OutsideConsole(company, provider, app);
    }

    /// <summary>Follows the console to the provider and back, and says where that ends.</summary>
    public async Task<string> SignInAsync(string query = "to=/console/queues") => await BackAsync(await ToProviderAsync(query));

    /// <summary>Where the provider leads back to.</summary>
    public async Task<Uri> ToProviderAsync(string query = "to=/console/queues", HttpClient? browser = null)
    {
        var there = await LocationAsync(browser ?? _browser, new Uri(new Uri(_app.Urls.First()), $"console/sign-in/outside/company?{query}"));
        return there.Host == Provider.Address.Host && there.Port == Provider.Address.Port ? await LocationAsync(browser ?? _browser, there) : there;
    }

    /// <summary>Comes back with that address.</summary>
    public async Task<string> BackAsync(Uri callback, HttpClient? browser = null) => (await LocationAsync(browser ?? _browser, callback)).PathAndQuery;

    /// <summary>Who is signed in with this browser.</summary>
    public Task<string> WhoAsync() => _browser.GetStringAsync(new Uri(new Uri(_app.Urls.First()), "console/who"));

    public static HttpClient NewBrowser() => new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _app.DisposeAsync();
        await Provider.DisposeAsync();
        await Company.DisposeAsync();
    }

    /// <summary>Somebody who works here, linked to who is signed in at the provider.</summary>
    public async Task HireLinkedAsync(string id, ImmutableArray<Role> roles)
    {
        await Company.HireAsync(id, "green tea before noon", [.. roles]);
        await Company.Accounts.LinkIdentityAsync(Company.Boss, id, new OutsideIdentity(Provider.Address.ToString().TrimEnd('/'), "77"));
    }

    private static async Task<Uri> LocationAsync(HttpClient browser, Uri address)
    {
        using var answer = await browser.GetAsync(address);
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{address} answered {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return new Uri(address, answer.Headers.Location!);
    }
}
