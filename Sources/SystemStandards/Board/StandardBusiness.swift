/// 標準化対象事務. The twenty tasks whose systems the law standardises (地方公共団体情報システムの標準化に関する法律 第2条第1項,
/// 令和4年政令第1号 and デジタル庁令・総務省令).
enum StandardBusiness: String, Sendable, CaseIterable, Codable {
    case residents, seals
    case familyRegister = "family-register"
    case familyRegisterAddresses = "family-register-addresses"
    case electors
    case personalTax = "personal-tax"
    case corporateTax = "corporate-tax"
    case propertyTax = "property-tax"
    case vehicleTax = "vehicle-tax"
    case schooling
    case nationalPension = "national-pension"
    case healthInsurance = "health-insurance"
    case elderlyMedical = "elderly-medical"
    case longTermCare = "long-term-care"
    case disability
    case publicAssistance = "public-assistance"
    case health
    case childAllowance = "child-allowance"
    case childRearingAllowance = "child-rearing-allowance"
    case childcare

    var name: String {
        switch self {
        case .residents: "住民基本台帳"
        case .seals: "印鑑登録"
        case .familyRegister: "戸籍"
        case .familyRegisterAddresses: "戸籍の附票"
        case .electors: "選挙人名簿管理"
        case .personalTax: "個人住民税"
        case .corporateTax: "法人住民税"
        case .propertyTax: "固定資産税"
        case .vehicleTax: "軽自動車税"
        case .schooling: "就学"
        case .nationalPension: "国民年金"
        case .healthInsurance: "国民健康保険"
        case .elderlyMedical: "後期高齢者医療"
        case .longTermCare: "介護保険"
        case .disability: "障害者福祉"
        case .publicAssistance: "生活保護"
        case .health: "健康管理"
        case .childAllowance: "児童手当"
        case .childRearingAllowance: "児童扶養手当"
        case .childcare: "子ども・子育て支援"
        }
    }

    /// What the published tables of progress call it, where that is another name.
    var publishedName: String {
        switch self {
        case .residents: "住民記録"
        case .familyRegisterAddresses: "戸籍附票"
        default: name
        }
    }
}
