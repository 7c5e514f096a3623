"""Clinical topics to rate, by specialty: a compact list of our own, open to additions.

Written for Osler and taken from no terminology; regulatory topics stand in the shared vocabulary
(``requirement_sets/vocabulary/topics.yaml``). A topic is identified by the slug of its name, so names stay.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from django.utils.text import slugify

_LIST = """
addiction-medicine: Alcohol use disorder | Opioid use disorder in practice | Tobacco cessation | Stimulant use | Withdrawal syndromes
allergy-immunology: Anaphylaxis | Food allergy | Allergic rhinitis | Chronic urticaria | Immunodeficiency
anesthesiology: Difficult airway | Regional anesthesia | Perioperative medicine | Postoperative pain | Anesthetic emergencies
cardiology: Heart failure | Atrial fibrillation | Acute coronary syndromes | Lipid disorders | Valvular disease | Cardiac imaging
child-adolescent-psychiatry: Attention deficit in children | Adolescent depression | Eating disorders | Early psychosis | Autism in children
colon-rectal-surgery: Colorectal cancer | Diverticular disease | Anorectal disorders | Enhanced recovery
critical-care: Sepsis | Mechanical ventilation | Shock | Delirium in intensive care | Acute kidney injury | Prognosis and goals of care
dermatology: Skin cancer | Psoriasis | Eczema | Acne | Drug eruptions | Dermoscopy
emergency-medicine: Resuscitation | Chest pain | Trauma | Stroke in the emergency department | Procedural sedation | Toxicology | Point-of-care ultrasound
endocrinology: Type 2 diabetes | Diabetes technology | Thyroid disease | Osteoporosis | Obesity medicine | Adrenal disorders
family-medicine: Hypertension | Type 2 diabetes | Depression in primary care | Asthma | Preventive screening | Contraception | Low back pain
gastroenterology: Inflammatory bowel disease | Cirrhosis | Gastro-oesophageal reflux | Viral hepatitis | Endoscopy | Pancreatitis
general-practice: Hypertension | Type 2 diabetes | Depression in primary care | Asthma | Preventive screening | Minor surgery | Multimorbidity
geriatric-medicine: Falls | Frailty | Delirium | Polypharmacy | Urinary incontinence | Goals of care conversations
hematology: Anemia | Venous thromboembolism | Anticoagulation | Lymphoma | Multiple myeloma | Bleeding disorders
hospice-palliative-medicine: Symptom control | Goals of care conversations | Palliative sedation | Bereavement | Prognostication
infectious-disease: Antimicrobial resistance | Respiratory viruses | Tuberculosis | Sexually transmitted infections | Travel medicine | Infective endocarditis
internal-medicine: Hypertension | Heart failure | Type 2 diabetes | Chronic kidney disease | Obstructive lung disease | Anticoagulation | Anemia | Thyroid disease
medical-genetics: Genetic testing | Variant interpretation | Hereditary cancer | Prenatal screening | Genetic counselling
nephrology: Chronic kidney disease | Acute kidney injury | Dialysis | Electrolyte disorders | Glomerular disease | Kidney transplantation
neurological-surgery: Spine surgery | Brain tumours | Head injury | Subarachnoid haemorrhage | Hydrocephalus
neurology: Stroke | Epilepsy | Headache | Movement disorders | Multiple sclerosis | Neuropathy
nuclear-medicine: Positron emission tomography | Radionuclide therapy | Cardiac perfusion imaging | Radiation safety
obstetrics-gynecology: Hypertension in pregnancy | Postpartum haemorrhage | Contraception | Menopause | Cervical screening | Infertility
occupational-medicine: Fitness for work | Return to work | Occupational lung disease | Workplace exposure | Musculoskeletal disorders at work
oncology: Breast cancer | Lung cancer | Immunotherapy | Cancer pain | Survivorship | Febrile neutropenia
ophthalmology: Glaucoma | Cataract | Diabetic eye disease | Macular degeneration | Ocular emergencies
orthopaedic-surgery: Fracture care | Joint replacement | Osteoarthritis | Sports injuries | Bone and joint infection
otolaryngology: Hearing loss | Sinusitis | Head and neck cancer | Vertigo | Airway obstruction
pain-medicine: Chronic pain | Neuropathic pain | Low back pain | Interventional pain procedures | Tapering of opioids
pathology: Molecular pathology | Tumour classification | Laboratory quality | Transfusion medicine | Digital pathology
pediatrics: Childhood fever | Asthma in children | Growth and development | Newborn care | Childhood obesity | Adolescent health
physical-medicine-rehabilitation: Stroke rehabilitation | Spinal cord injury | Spasticity | Traumatic brain injury | Prosthetics
plastic-surgery: Wound healing | Breast reconstruction | Burns | Hand surgery | Aesthetic surgery safety
preventive-medicine: Preventive screening | Health promotion | Outbreak investigation | Screening ethics | Environmental health
psychiatry: Depression | Bipolar disorder | Psychosis | Anxiety disorders | Suicide risk | Psychotropic monitoring
pulmonology: Asthma | Obstructive lung disease | Interstitial lung disease | Lung nodules | Sleep apnea | Pulmonary embolism
radiation-oncology: Stereotactic radiotherapy | Breast radiotherapy | Palliative radiotherapy | Late effects of radiation | Treatment planning
radiology: Chest imaging | Neuroimaging | Abdominal imaging | Breast imaging | Contrast safety | Artificial intelligence in imaging
rheumatology: Rheumatoid arthritis | Gout | Lupus | Vasculitis | Spondyloarthritis | Biologic therapy
sports-medicine: Concussion | Tendon disorders | Exercise prescription | Sudden cardiac death in athletes | Return to play
surgery: Acute abdomen | Hernia | Gallstone disease | Surgical infection | Enhanced recovery | Trauma
thoracic-surgery: Lung resection | Coronary surgery | Valve surgery | Oesophageal surgery | Chest trauma
urgent-care: Minor injuries | Respiratory infection | Urinary infection | Wound repair | Chest pain | Musculoskeletal injury
urology: Prostate cancer | Urinary stones | Urinary incontinence | Bladder cancer | Benign prostatic enlargement
vascular-surgery: Aortic aneurysm | Peripheral artery disease | Carotid disease | Diabetic foot | Venous disease
"""  # noqa: E501 - one specialty, one line


@cache
def topics_by_specialty() -> Mapping[str, tuple[str, ...]]:
    """Slugs of the clinical topics of every specialty."""
    return MappingProxyType(
        {specialty: tuple(slugify(name) for name in names) for specialty, names in _lines()}
    )


@cache
def clinical_topics() -> Mapping[str, str]:
    """Every clinical topic: its slug and its name."""
    return MappingProxyType({slugify(name): name for _specialty, names in _lines() for name in names})


def _lines() -> list[tuple[str, list[str]]]:
    pairs = (line.split(": ", 1) for line in _LIST.strip().splitlines())
    return [(specialty, [name.strip() for name in names.split("|")]) for specialty, names in pairs]
