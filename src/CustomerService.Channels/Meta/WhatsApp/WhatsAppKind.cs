using System.Collections.Immutable;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Settings;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Channels.Meta.WhatsApp;

/// <summary><c>kind: whatsapp</c>.</summary>
internal sealed class WhatsAppKind : IAccountKind
{
    public string Name => "whatsapp";

    public ImmutableArray<string> Keys { get; } = [.. MetaReading.Keys, "phone_number_id", "template"];

    public AccountSettings? Read(string name, MappingReader map, AccountReading reading)
    {
        var app = MetaReading.App(map, reading);
        var number = MetaReading.Id(map, reading, "phone_number_id");
        var template = map.Map("template") is { } section ? Template(section, reading) : null;
        return app is null || number is null ? null : new WhatsAppSettings(name, app, number, template)
        {
            Rules = WhatsAppSettings.UsualRules with { HasTemplate = template is not null },
        };
    }

    private static WhatsAppTemplate? Template(YamlMapping section, AccountReading reading)
    {
        var map = new MappingReader(section, "a template", reading.Findings, "name", "languages");
        var name = map.RequiredText("name", "answer_after_a_day");
        var languages = map.Texts("languages").Select(language => language.Value).ToImmutableArray();
        if (languages.IsEmpty)
            reading.Findings.Error(section.At, "the template has no languages", "add 'languages: [en, de]', those that it was approved in");
        return name is null || languages.IsEmpty ? null : new WhatsAppTemplate(name.Value.Value, [.. languages]);
    }
}
