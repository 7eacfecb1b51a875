using System.Collections.Immutable;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Settings;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Channels.Meta.Pages;

/// <summary><c>kind: messenger</c> and <c>kind: instagram</c>.</summary>
internal sealed class PageKind(PageNetwork network) : IAccountKind
{
    public string Name => network.Kind;

    public ImmutableArray<string> Keys { get; } = [.. MetaReading.Keys, network.IdKey];

    public AccountSettings? Read(string name, MappingReader map, AccountReading reading)
    {
        var app = MetaReading.App(map, reading);
        var id = MetaReading.Id(map, reading, network.IdKey);
        return app is null || id is null ? null : new PageSettings(name, app, network, id) { Rules = network.UsualRules };
    }
}
