namespace CustomerService.Gateway.OpenApi;

/// <summary>Examples of what is sent and answered about the staff.</summary>
internal static class StaffExamples
{
    public const string PeopleList = """
        {
          "people":[{"id":"ann","name":"Ann Lee","email":"ann@shop.example","roles":["agent","supervisor"],"disabled":false,"mustChangePassword":false,"hasSecondFactor":true,
                     "createdAt":"2030-01-01T08:00:00+00:00","lastSignIn":"2030-01-02T08:00:00+00:00"}],
          "tokens":[{"id":"reports","name":"Nightly reports","roles":["auditor"],"createdAt":"2030-01-01T08:00:00+00:00","createdBy":"admin","expiresAt":"2031-01-01T08:00:00+00:00"}]
        }
        """;

    public const string NewPerson = """
        {"id":"ann","name":"Ann Lee","email":"ann@shop.example","roles":["agent"]}
        """;

    public const string RoleChange = """
        {"roles":["agent","supervisor"]}
        """;

    public const string FirstPassword = """
        {"id":"ann","password":"k7mq-w2xd-9hva-tprn-4cye"}
        """;

    public const string NewToken = """
        {"id":"reports","name":"Nightly reports","roles":["auditor"],"expiresAt":"2031-01-01T08:00:00+00:00"}
        """;

    public const string IssuedToken = """
        {"id":"reports","token":"cst_…"}
        """;
}
