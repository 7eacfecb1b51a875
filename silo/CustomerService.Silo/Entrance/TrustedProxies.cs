using System.Collections.Immutable;
using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace CustomerService.Silo.Entrance;

/// <summary>The reverse proxies whose word is taken for who called, and whether by TLS. Without one, all who come through a proxy have its address, and share its limits.</summary>
internal static class TrustedProxies
{
    /// <summary>Addresses and networks, such as <c>10.0.0.0/8</c>.</summary>
    /// <exception cref="FormatException">One is neither; the message says which.</exception>
    public static ImmutableArray<System.Net.IPNetwork> Parse(IEnumerable<string> texts) => [.. texts.Select(Parse)];

    /// <summary>It belongs before everything that asks who calls.</summary>
    public static void UseTrustedProxies(this IApplicationBuilder app, ImmutableArray<System.Net.IPNetwork> proxies)
    {
        if (proxies.IsEmpty)
            return;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
            options.KnownIPNetworks.Add(proxy);
        app.UseForwardedHeaders(options);
    }

    private static System.Net.IPNetwork Parse(string text)
    {
        if (IPAddress.TryParse(text, out var address))
            return new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8);
        return System.Net.IPNetwork.TryParse(text, out var network) ? network : throw new FormatException($"'{text}' is no address or network; write 10.1.2.3 or 10.0.0.0/8.");
    }
}
